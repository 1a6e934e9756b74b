"""Where credentials may go."""

from __future__ import annotations

from urllib.parse import urlsplit

LOCAL_HOSTS = ("127.0.0.1", "localhost")
"""This machine, where a marketplace or a chat may be simulated."""


def is_local(address: str) -> bool:
    """Tell whether an address leads to this machine."""
    return urlsplit(address).hostname in LOCAL_HOSTS


def check_chat_address(value: str, own: str) -> str:
    """Return an address to which a chat's credentials may go: its own, or on this machine.

    Raises:
        ValueError: it leads elsewhere; it is not repeated, because a secret may stand in it.
    """
    local = urlsplit(value).scheme in ("http", "ws") and is_local(value)
    if not local and value != own:
        message = "it must be the chat's own address or an address of this machine"
        raise ValueError(message)
    return value
