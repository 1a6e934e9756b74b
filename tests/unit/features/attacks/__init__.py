"""Attacks, from the log to the analysis."""
