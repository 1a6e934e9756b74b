"""What can be typed and pressed."""
