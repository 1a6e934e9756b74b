"""The shared core of Brandwarden: it knows no platform, no vendor, no database and no HTTP."""

__version__ = "0.2.0"
