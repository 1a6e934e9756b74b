"""Pairs of texts by language, as cases of a test."""

from __future__ import annotations

Case = tuple[str, str, str]


def cases(pairs: dict[str, list[tuple[str, str]]]) -> list[Case]:
    """Return each pair with the language in which it is read."""
    return [(tag, *pair) for tag, some in pairs.items() for pair in some]
