"""What is looked at, and when."""
