"""Letters to buyers and to Amazon's support, from the command to the answer."""
