"""What is done with pages: asking for approval, approving, and saying whose a change was."""
