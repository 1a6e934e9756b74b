"""The outside world, behind the ports of the core; no adapter knows another."""
