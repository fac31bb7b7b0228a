"""Answers and their states: from survey files and answers files to one table."""
