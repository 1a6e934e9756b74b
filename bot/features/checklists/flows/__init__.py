"""What is asked in forms, step by step. Pure."""
