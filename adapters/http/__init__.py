"""HTTP for every adapter: how connections are taken, and how requests are sent."""
