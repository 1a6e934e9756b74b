"""Undo: acts that reach far are announced to the team, and can be taken back for a while."""
