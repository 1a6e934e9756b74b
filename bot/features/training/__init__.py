"""Short lessons, one question each."""
