"""Attacks at work: logged, gathered, drawn."""
