"""The shapes of Amazon's answers, a module for an operation."""
