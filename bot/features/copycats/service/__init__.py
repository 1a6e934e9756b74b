"""What is done about products that look like ours."""
