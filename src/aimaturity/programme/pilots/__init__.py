"""Pilots: a card per idea, and a shortlist that gives the reason for every choice and every rejection."""
