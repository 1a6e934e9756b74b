"""The quarterly review, from the draft to the decision."""
