"""What people read at length, and how it is written."""
