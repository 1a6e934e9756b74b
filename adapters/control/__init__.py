"""The control socket: how a command has the running process do what needs its data.

One question and one answer a connection, a line of JSON each.
"""
