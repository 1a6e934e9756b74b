"""Flows of several steps, as data; ``scheduler`` advances any of them. Pure."""
