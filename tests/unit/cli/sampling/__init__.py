"""What the sample is made of."""
