"""What setting up and trying do."""
