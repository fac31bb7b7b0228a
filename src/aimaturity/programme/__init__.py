"""The programme's register: companies and their assessments, kept in a store."""
