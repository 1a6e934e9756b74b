"""Where evidence comes from and is kept."""
