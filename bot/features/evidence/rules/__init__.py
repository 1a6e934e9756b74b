"""Decisions on evidence: what a file is, what an order report holds, what a form says. Pure."""
