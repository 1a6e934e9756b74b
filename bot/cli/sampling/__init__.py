"""What the sample writes, and what its team does for it."""
