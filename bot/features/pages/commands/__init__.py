"""What people press under cards about pages."""
