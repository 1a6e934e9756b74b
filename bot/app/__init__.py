"""What happens: from a finding to a card, from a pressed button to its answer."""
