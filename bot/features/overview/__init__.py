"""What the team sees of everything: help, to-do, digest, health and settings."""
