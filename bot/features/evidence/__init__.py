"""Evidence: items and their custody, order records, comparisons of photos, test buys."""
