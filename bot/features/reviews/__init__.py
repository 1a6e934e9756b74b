"""The quarterly review: what the quarter showed, and what the team decides to do about it."""
