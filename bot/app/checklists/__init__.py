"""Checklists at work: posted, answered, reminded of, counted."""
