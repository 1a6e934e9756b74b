"""Rules that every letter keeps, and what rules for letters are made of."""
