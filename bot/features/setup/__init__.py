"""The first run: four steps from nothing to the first card, and an alert to try it with."""
