"""Frozen types and pure rules, a file for a noun. No clock, no I/O, no platform."""
