"""How like another a brand's name is: letters swapped, added or parted, words added or turned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

from checks.copycats.letters import as_seen

_WORDS = re.compile(r"[^\W_]+")
LONGEST, MOST = 200, 12
"""Characters and words of a name that are compared."""
_JOINING = frozenset(map(as_seen, ("and", "und", "et", "y", "e", "of", "the", "by")))
_ADDED = frozenset(
    map(
        as_seen,
        (
            *("official", "original", "brand", "store", "shop", "outlet", "direct", "global"),
            *("co", "company", "inc", "llc", "ltd", "limited", "gmbh", "group", "intl"),
            *("pro", "plus", "new", "design", "studio", "usa", "us", "uk", "eu"),
            *("home", "kitchen", "kids", "outdoor"),
        ),
    )
)
"""Words that are added to a name, and hardly tell it from another."""

TURNED, WITHIN = 0.9, 0.95
"""How like names of the same words in another order are; and one within a longer one."""
EDITS = ((0, 1, 1.0), (1, 3, 0.95), (2, 8, 0.85), (3, 12, 0.6))
"""Letters that differ, the letters that both names must have for that, and how like they are then:
more letters of a long name may differ until it is another one."""
ENOUGH = 6
"""Letters that a name must have to be known within a longer one."""


def name_likeness(one: str, other: str) -> float:
    """Return how easily the other brand's name is taken for the first one, from 0 to 1."""
    ours, theirs = _words(one), _words(other)
    name = "".join(ours)
    if not ours or not theirs:
        return 0.0
    turned = TURNED if sorted(ours) == sorted(theirs) else 0.0
    within = max((_alike(name, run) for run in _runs(theirs)), default=0.0)
    return max(
        _alike(name, "".join(theirs)), turned, WITHIN * within if len(name) >= ENOUGH else 0.0
    )


def _alike(one: str, other: str) -> float:
    edits, letters = OSA.distance(one, other), min(len(one), len(other))
    return next((like for most, least, like in EDITS if edits <= most and letters >= least), 0.0)


def _runs(words: list[str]) -> Iterator[str]:
    """Yield words that stand side by side, as one, but not all of them."""
    for start, end in combinations(range(len(words) + 1), 2):
        if end - start < len(words):
            yield "".join(words[start:end])


def _words(name: str) -> list[str]:
    """Return the words that tell a name, as they look; all where none but added ones are there."""
    seen = _WORDS.findall(as_seen(name[:LONGEST]))[:MOST]
    words = [word for word in seen if word not in _JOINING]
    return [word for word in words if word not in _ADDED] or words
