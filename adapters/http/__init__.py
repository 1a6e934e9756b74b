"""How connections over HTTP are taken, for every adapter that listens."""
