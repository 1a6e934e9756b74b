"""Cases: what a finding opens, who works on it, and what its thread hears."""
