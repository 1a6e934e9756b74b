"""Keepa's interface: who a seller is, and the offers that Amazon does not list."""
