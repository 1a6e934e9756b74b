"""What people need, found by their own words, also clumsy and misspelled ones."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

import msgspec

WORDS = 200
"""Characters that are looked through for a need."""
_LONG, _ENDING = 6, 3
"""How many letters a misspelled name has at least, and how many may follow it."""
_VOWELS = set("aeiouy")
_WORD = re.compile(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+")

_SHORT = 3
"""Up to so many letters, a stem is the whole word: 'va' is no 'variation'."""

Phrase = tuple[str, ...]


class HelpTopic(msgspec.Struct, frozen=True, kw_only=True):
    """Something that people come for."""

    says: str
    """In their own words."""
    gist: str
    """What comes of it, or what to do first, in one line."""
    advice: str
    steps: tuple[tuple[str, str], ...]
    """Labels of buttons and what each types; the first leads straight to the flow."""
    names: tuple[str, ...]
    """How words begin that mean it by themselves; of several words, how the last one begins."""
    hints: tuple[str, ...] = ()
    """How words begin that mean it where nothing is named."""
    urgent: bool = False
    """It comes before all others as soon as it is named: harm is done by the minute."""


def find_needs(text: str, topics: Sequence[HelpTopic]) -> list[HelpTopic]:
    """Return the topic that the words of a text mean, or none.

    Two come when they are equally good, or when words name the second that do not name the first.
    """
    words = _corrected(_words(text[:WORDS]), topics)
    found = [
        (topic, _covered(words, topic.names), _covered(words, topic.hints)) for topic in topics
    ]
    if not any(names for _, names, _ in found):
        most = max(len(hints) for _, _, hints in found)
        return [topic for topic, _, hints in found if len(hints) == most][:2] if most else []
    named = sorted((each for each in found if each[1]), key=_rank)
    (first, best, _), *others = named
    also = [topic for topic, names, _ in others if len(names) == len(best) or names - best]
    return [first, *also[:1]]


def _rank(found: tuple[HelpTopic, set[int], set[int]]) -> tuple[bool, int, int]:
    """Order by urgency, then by how many words name it, then by how many more hint at it."""
    topic, names, hints = found
    return not topic.urgent, -len(names), -len(hints - names)


def _words(text: str) -> Phrase:
    """Return lower-case words without accents; each Chinese character is a word."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return tuple(_WORD.findall("".join(each for each in apart if not unicodedata.combining(each))))


_stem = functools.cache(_words)


def _covered(words: Phrase, stems: Sequence[str]) -> set[int]:
    """Return the places of the words that any of the stems names."""
    covered: set[int] = set()
    for stem in stems:
        *before, last = _stem(stem)
        width = len(before) + 1
        for start in range(len(words) - width + 1):
            *ahead, end = words[start : start + width]
            if ahead == before and _means(last, end):
                covered.update(range(start, start + width))
    return covered


def _means(stem: str, word: str) -> bool:
    return word == stem if len(stem) <= _SHORT else word.startswith(stem)


def _corrected(words: Phrase, topics: Sequence[HelpTopic]) -> Phrase:
    """Put the name that a misspelled word is most like in its place."""
    known = {stem for topic in topics for stem in (*topic.names, *topic.hints)}
    names = sorted(
        {name for topic in topics for name in topic.names if len(name) >= _LONG and name.isalpha()}
    )
    fine = _covered(words, sorted(known))
    return tuple(
        word if place in fine or len(word) < _LONG else _meant(word, names)
        for place, word in enumerate(words)
    )


def _meant(word: str, names: Sequence[str]) -> str:
    """Return the name that a word misspells, or the word itself."""
    near = (name for name in names if name[0] == word[0] and _misspells(word, name))
    return next(near, word)


def _misspells(word: str, name: str) -> bool:
    """Tell whether a word, but for its ending, is a name with one slip in it."""
    sizes = (len(name) - 1, len(name), len(name) + 1)
    return any(
        size <= len(word) <= size + _ENDING and _is_slip(word[:size], name) for size in sizes
    )


def _is_slip(word: str, name: str) -> bool:
    """Tell whether a letter is missing or too many, two are swapped, or a vowel is another.

    The last letter must be right: 'market' is no 'markenrecht'.
    """
    start = _shared(word, name)
    typed, meant = word[start:], name[start:]
    end = _shared(typed[::-1], meant[::-1])
    typed, meant = typed[: len(typed) - end], meant[: len(meant) - end]
    slips = len(typed) + len(meant) == 1 or typed == meant[::-1]
    return end > 0 and (slips or {typed, meant} <= _VOWELS)


def _shared(first: str, second: str) -> int:
    """Count the letters that both begin with."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
