"""Commands: each a thin shell over one function of the library."""
