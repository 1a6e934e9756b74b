"""The tests of the simulated marketplace."""
