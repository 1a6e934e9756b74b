"""What changes and reads it: each use case once."""
