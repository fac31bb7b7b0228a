"""Where a programme stands: promises against outcome, by partner, place, sector, size and month; what is missing."""
