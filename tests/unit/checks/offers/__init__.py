"""The rules, by behaviour; one file for each."""
