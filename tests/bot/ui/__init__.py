"""The message model."""
