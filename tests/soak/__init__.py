"""What takes minutes or hours to measure."""
