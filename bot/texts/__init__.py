"""What people read at length: report bodies and letters, in the languages of the marketplaces."""
