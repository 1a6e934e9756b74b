"""Attacks on the brand: what happened, who did it as far as it is known, and what it means."""
