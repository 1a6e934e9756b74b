"""Tests of where offers come from."""
