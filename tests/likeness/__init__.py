"""Learns from examples which sentences are like those that break a rule for letters."""
