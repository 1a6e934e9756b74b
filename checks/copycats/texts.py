"""How much two titles, or two lists of bullets, say the same: by words and pairs of words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from checks.wording.wording import wording

LONGEST = 2_000
"""Characters that are compared."""
FEW = 3
"""With fewer words nothing is told by what two titles share."""
PAIRS = 0.25
"""The weight of the order of words."""


def title_likeness(one: str, brand: str, other: str, other_brand: str, tag: str) -> float:
    """Return how much two titles say the same in the language of a tag, brands aside."""
    brands = {*_words(brand, tag), *_words(other_brand, tag)}
    return _likeness(
        [word for word in _words(one, tag) if word not in brands],
        [word for word in _words(other, tag) if word not in brands],
    )


def bullets_likeness(one: Sequence[str], other: Sequence[str], tag: str) -> float:
    """Return how much two lists of bullets say the same; 0 where one has none."""
    return _likeness(_words(" ".join(one), tag), _words(" ".join(other), tag))


def _words(text: str, tag: str) -> list[str]:
    return [word.value for word in wording(text[:LONGEST], tag).words]


def _likeness(one: list[str], other: list[str]) -> float:
    if min(len(set(one)), len(set(other))) < FEW:
        return 0.0
    words = _shared(set(one), set(other))
    return words * (1 - PAIRS) + PAIRS * max(
        _shared(set(pairwise(one)), set(pairwise(other))), words * words
    )


def _shared(one: set[str] | set[tuple[str, str]], other: set[str] | set[tuple[str, str]]) -> float:
    """Return the share of what both have, after Dice."""
    return 2 * len(one & other) / (len(one) + len(other))
