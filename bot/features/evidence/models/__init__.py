"""What is kept and computed with, as frozen types. Pure."""
