"""Recurring checklists: what is asked, what was answered, what changed since, and the score."""
