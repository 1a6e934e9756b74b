"""Requests to Amazon's support: what is needed, and the rules for asking."""
