"""Where the team's data is kept."""
