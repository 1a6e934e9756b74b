"""Changes the code in one place, and looks whether a test notices."""
