"""What texts say, whatever way they are written: pure, for all rules that compare texts."""
