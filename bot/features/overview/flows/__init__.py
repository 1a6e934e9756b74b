"""What the overview asks."""
