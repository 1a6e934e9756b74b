"""Makes packets: the sealed archive, and what verifies it."""
