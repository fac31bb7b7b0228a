"""Documents that the programme makes of many results and the report shows: typed, with published schemas."""
