"""Draws charts and prints reviews, by typst."""
