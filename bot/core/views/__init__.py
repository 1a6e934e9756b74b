"""Cards and parts of cards that belong to no feature."""
