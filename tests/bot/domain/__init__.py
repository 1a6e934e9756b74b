"""The types and the pure rules they rest on."""
