"""Many results together: from result documents to a cohort document. Pure functions."""
