"""The tests; the folders mirror the packages that they test."""
