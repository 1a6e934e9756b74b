"""How pieces of evidence are named in texts for people outside the team."""
