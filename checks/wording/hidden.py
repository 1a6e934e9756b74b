"""Characters that nobody sees inside the words of a name: they split it for whoever searches it.

Between words, and around a name, they are harmless, and in some scripts they are spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.core.text import UNSEEN
from checks.wording.markup import is_unseen, plain_text
from checks.wording.vocabulary import AND
from checks.wording.wording import UMLAUTS
from checks.wording.words import words_of

_SPELLING = re.compile(
    "(?<=[\u0600-\u109f\u1780-\u18af])[\u200c\u200d]+"
    "|(?<=[\u0e00-\u109f\u1780-\u17ff])\u200b+"
    "|(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""Joiners behind letters from Arabic to Burmese, Khmer and Mongolian; spaces without a width where
words have none between them; and which form of a Chinese character is meant."""


class Split(NamedTuple):
    """Where a text splits a name."""

    text: str
    """As a buyer sees it, but with a sign for each split."""
    start: int
    """Where in it the name stands, first of all one that is split."""
    places: frozenset[int]
    """How many letters of the name stand in front of each split."""
    signs: frozenset[str]
    """What splits it."""
    strewn: frozenset[str]
    """What stands inside other words of the text."""

    @property
    def mark(self) -> str:
        """What names these splits, as a part of a fingerprint."""
        return "".join(f"\x1e{place}" for place in sorted(self.places))


class _Letter(NamedTuple):
    value: str
    place: int
    """Where in the text its character stands."""


def newly_split(name: str, before: str, after: str, tag: str) -> tuple[Split, Split] | None:
    """Return how two texts split a name, if the later one does so where the other does not.

    A text that came to have the same characters inside other words too is written in another way.
    """
    says = splits(name, after, tag)
    if not says.places:
        return None
    was = splits(name, before, tag)
    aimed = says.signs - (says.strewn - was.strewn)
    return (was, says) if aimed and says.places - was.places else None


def splits(name: str, text: str, tag: str) -> Split:
    """Return where characters that nobody sees split a name in a text."""
    seen, hidden = _apart(_SPELLING.sub("", plain_text(text, hidden=True)))
    plain = plain_text(name)
    wanted, letters = _letters(plain, tag), _letters(seen, tag)
    whole = _whole_until(plain, wanted)
    cuts = dict(_cuts(letters, hidden, seen))
    names = tuple(_found(wanted, letters, seen))
    within = [(first, count) for first in names for count in whole if first + count in cuts]
    signs = {cuts[first + count] for first, count in within}
    others = cuts.keys() - {first + count for first in names for count in range(1, len(wanted))}
    first = next((first for first, _ in within), next(iter(names), None))
    return Split(
        text="".join(f"{UNSEEN}{char}" if at in signs else char for at, char in enumerate(seen)),
        start=0 if first is None else letters[first].place,
        places=frozenset(count for _, count in within),
        signs=frozenset(char for at in signs for char in hidden[at]),
        strewn=frozenset(char for at in others for char in hidden[cuts[at]]),
    )


def _apart(text: str) -> tuple[str, dict[int, str]]:
    """Return a text without what nobody sees, and that by the places in it at which it stood."""
    seen, hidden = list[str](), dict[int, str]()
    # A text has few different characters, however long it is.
    unseen = set(filter(is_unseen, set(text)))
    for char in text:
        if char in unseen:
            hidden[len(seen)] = hidden.get(len(seen), "") + char
        else:
            seen.append(char)
    return "".join(seen), hidden


def _cuts(
    letters: Sequence[_Letter], hidden: Container[int], text: str
) -> Iterator[tuple[int, int]]:
    """Yield each letter that only what is hidden parts from the one before, and where it stood."""
    for number, (one, following) in enumerate(pairwise(letters), 1):
        for place in range(one.place + 1, following.place + 1):
            if place in hidden and not _between(one, following, text):
                yield number, place


def _letters(text: str, tag: str) -> tuple[_Letter, ...]:
    """Return the letters and digits of a plain text, without its words for 'and'."""
    return tuple(_read(text, tag))


def _read(text: str, tag: str) -> Iterator[_Letter]:
    end = 0
    for word in words_of(text, tag):
        # What stands for two words has the same place twice.
        if word.start < end or word.value == AND:
            continue
        end = word.end
        for place in range(word.start, end):
            for letter in text[place].casefold().translate(UMLAUTS):
                if letter.isalnum():
                    yield _Letter(letter, place)


def _whole_until(name: str, letters: Sequence[_Letter]) -> tuple[int, ...]:
    """Return how many letters stand in front of each place that is inside a word of a name."""
    return tuple(
        count
        for count in range(1, len(letters))
        if not _between(letters[count - 1], letters[count], name)
    )


def _found(wanted: Sequence[_Letter], letters: Sequence[_Letter], text: str) -> Iterator[int]:
    """Yield at which letters a name begins that is no part of a longer word."""
    name, said = ("".join(each.value for each in some) for some in (wanted, letters))
    first = said.find(name) if name else -1
    while first >= 0:
        last = first + len(name)
        begins = first == 0 or _parts(letters[first - 1], letters[first], text)
        if begins and (last == len(said) or _parts(letters[last - 1], letters[last], text)):
            yield first
        first = said.find(name, first + 1)


def _parts(one: _Letter, following: _Letter, text: str) -> bool:
    """Tell whether two letters belong to two words; Chinese and Japanese have no spaces."""
    wide = {unicodedata.east_asian_width(text[each.place]) for each in (one, following)}
    return not wide.isdisjoint("WF") or _between(one, following, text)


def _between(one: _Letter, following: _Letter, text: str) -> bool:
    """Tell whether anything but marks of a letter stands between two letters."""
    between = text[one.place + 1 : following.place]
    return any(not unicodedata.category(char).startswith("M") for char in between)
