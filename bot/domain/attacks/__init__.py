"""Attacks on the brand: what happened, who did it as far as anybody knows, and what it means."""
