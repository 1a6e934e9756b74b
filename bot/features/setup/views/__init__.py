"""The cards of setting up and of trying."""
