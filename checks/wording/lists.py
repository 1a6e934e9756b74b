"""Lists in all ways of writing them: 20, 24 and 28 cm is 20 / 24 / 28 cm.

A comma or a slash stands for 'and', and nothing at all may stand for a comma; yet 'milk chocolate'
is not 'milk and chocolate'. No key can tell that, so two texts are compared place by place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from checks.wording.vocabulary import AND
from checks.wording.words import OF_EACH, SLASH, Word

_SIGNS = frozenset(",;/|\N{MIDDLE DOT}\N{KATAKANA MIDDLE DOT}\N{IDEOGRAPHIC COMMA}\N{BULLET}")
"""What parts the members of a list."""
_PLUS = "+"
_END = Word("", False, -1, -1)


class ListPlaces(NamedTuple):
    """Where a text has a word between the members of a list, and where a sign alone."""

    said: str
    """What the text says without these words."""
    words: frozenset[int]
    signs: frozenset[int]


def alike(one: ListPlaces, other: ListPlaces) -> bool:
    """Tell whether two texts differ at most in what parts the members of lists."""
    return (
        one.said == other.said
        and one.words <= other.words | other.signs
        and other.words <= one.words | one.signs
    )


def places(text: str, words: Sequence[Word], key_of: Callable[[Iterable[Word]], str]) -> ListPlaces:
    """Return the places of a text; ``key_of`` gives what some of its words say."""
    said, between, signs = 0, set[int](), set[int]()
    left: list[Word] = []
    for word, following in pairwise((*words, _END)):
        if _is_between(word, following):
            between.add(said)
            continue
        left.append(word)
        said += len(key_of((word,)))
        if not _SIGNS.isdisjoint(text[word.end : max(following.start, word.end)]):
            signs.add(said)
    return ListPlaces(key_of(left), frozenset(between), frozenset(signs))


def _is_between(word: Word, following: Word) -> bool:
    """Tell whether a word parts members; a plus does so close between two numbers."""
    if word.value == _PLUS:
        return following.number and following.start == word.end
    return word.value in (AND, OF_EACH, SLASH)
