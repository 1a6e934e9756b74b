"""Checklists, from the Monday card to the score."""
