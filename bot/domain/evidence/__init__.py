"""What shows that something happened: pieces of evidence, their custody, order records. Pure."""
