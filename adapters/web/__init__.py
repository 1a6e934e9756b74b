"""The chat as a local web page: the channel, its cards, threads, buttons and forms."""
