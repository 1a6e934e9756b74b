"""How Discord's clients read a text: rules of their open parser, and what else they look for.

https://github.com/discord/SimpleAST and the list of mentions in Discord's reference.
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_MEANINGS = {
    "link": r"\w+://\S",
    "masked link": r"\[[^\]]*\]\(",
    "invite": r"discord(app)?\.(gg|com/invite)/",
    "mention": r"<[^\s>]+>|@(everyone|here)",
    "emoji": r":[^\s:]+:",
    "bold or italic": r"\*.*\*|_.*_",
    "struck out": r"~~",
    "spoiler": r"\|\|",
    "code": r"`",
    "heading": r"^\s*-?#{1,3}\s",
    "quote": r"^\s*>{1,3}\s",
    "list": r"^\s*([-*+]|\d+\.)\s",
}
_FOUND = {name: re.compile(rule, re.MULTILINE | re.IGNORECASE) for name, rule in _MEANINGS.items()}


def shown(text: str) -> str:
    """Return what a person reads, if nothing in the text has a meaning."""
    return _ESCAPE.sub(r"\1", text)


def meanings(text: str) -> list[str]:
    """Return what a client would make of the text besides letters."""
    plain = _ESCAPE.sub("x", text)
    return [name for name, rule in _FOUND.items() if rule.search(plain)]
