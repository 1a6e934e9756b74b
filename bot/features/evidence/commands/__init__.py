"""The commands and buttons of evidence: /evidence, /note, comparing photos, test buys."""
