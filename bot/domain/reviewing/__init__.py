"""The draft of a quarterly review: pure, from what is stored."""
