"""Questionnaires, scoring models and programmes: YAML with positions, loaded into checked models."""
