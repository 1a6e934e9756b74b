"""Cards and forms as Discord's JSON."""
