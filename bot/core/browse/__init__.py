"""Tables that people look through: sorted, filtered, searched and shown a page at a time."""
