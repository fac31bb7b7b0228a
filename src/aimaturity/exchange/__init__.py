"""Questionnaires from and to other tools."""
