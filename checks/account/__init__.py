"""The rules for our account: how Amazon rates it, and whether its listings are active. Pure."""
