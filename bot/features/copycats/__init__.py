"""Searching the catalog for products that look like ours, and asking people what they are."""
