"""What it looks like as cards. Pure."""
