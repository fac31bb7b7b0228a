"""The cohort page: a cohort document becomes a page of blocks."""
