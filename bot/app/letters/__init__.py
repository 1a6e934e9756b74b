"""Letters at work: drafted, kept, reminded of."""
