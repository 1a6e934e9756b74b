"""The quarterly review at work: drafted, posted, decided."""
