"""Attendance lists: from a file to what it changes in the register. Counts of persons, and never names."""
