"""Links that lead outside Amazon."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.core.marketplaces import Marketplace

_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'()\[\]、。」]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./-])(?:[\w-]{2,63}\.)+(?:com|net|org|de|fr|es|it|jp|eu|at|ch|uk|us|shop|store|info|biz"
    r"|online|site|app|io|co|to|me|ly|gl|page|link)(?![\w-])(?:/[^\s<>\"'()、。」]*)?",
)


def outside_link(text: str) -> str:
    """Return the first link of the text that does not lead to Amazon; empty: there is none."""
    links = (*_LINK.findall(text), *_BARE.findall(text))
    return next((link for link in links if not _ours(link)), "")


def _ours(link: str) -> bool:
    """Tell whether it leads to one of Amazon's marketplaces, or to a page of theirs."""
    try:
        host = urlsplit(link if "//" in link else f"https://{link}").hostname or ""
    except ValueError:
        return False
    before, amazon, domain = host.lower().rstrip(".").rpartition("amazon.")
    return (
        bool(amazon)
        and (not before or before.endswith("."))
        and Marketplace.of_domain(domain) is not None
    )
