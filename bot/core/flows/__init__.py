"""Flows of several steps, as data; ``engine`` advances any of them. Pure."""
