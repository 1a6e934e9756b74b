"""Rules that every letter keeps, whomever it goes to; each is a file."""
