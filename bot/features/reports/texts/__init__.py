"""What people read at length, in the languages of the marketplaces; and how it is written."""
