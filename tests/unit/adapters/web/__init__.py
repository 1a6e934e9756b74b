"""The web page over real sockets."""
