"""Letters that a person sends: to our own buyers, and to Amazon's support."""
