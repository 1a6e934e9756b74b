"""Tests of what is written for people outside the team, in every feature."""
