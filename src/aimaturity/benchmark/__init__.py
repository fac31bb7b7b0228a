"""A company against its peers, under disclosure control. Pure functions from documents to documents."""
