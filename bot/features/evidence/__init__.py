"""What shows that something happened: evidence items, their custody, order records."""
