"""What people read is plain product English, and each thing has one name."""
