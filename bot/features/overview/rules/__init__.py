"""What follows from what. Pure."""
