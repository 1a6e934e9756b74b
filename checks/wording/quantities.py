"""Numbers with their units, in one way of writing: 6 ft, 1,5 litri, 36" x 27", Pack of 3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checks.wording.numerals import times
from checks.wording.units import (
    BELOW_ZERO,
    IN_SMALLER,
    LENGTHS,
    OVER,
    SHARED,
    UNITS,
    WORDS_AT_MOST,
)
from checks.wording.vocabulary import AND, BY_WORDS, OF, PACKS, PER, TO
from checks.wording.words import BY, MINUS, OF_EACH, PER_SIGN, SLASH, Word

LISTED = frozenset((AND, SLASH, "+"))
"""What stands between the numbers of a list, if anything does."""


class _Quantity(NamedTuple):
    """A word that is no number, or a number with its unit."""

    word: Word
    unit: str = ""
    end: int = 0
    minus: bool = False

    @property
    def bare(self) -> bool:
        return self.word.number and not self.unit


def in_one_way(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with each number's unit, and metric ones in the smallest of their kind."""
    read = _sides(_packs(_ranges(_between(list(_quantities(words))))))
    return tuple(word for each in read for word in _written(each))


def _quantities(words: Sequence[Word]) -> Iterator[_Quantity]:
    place, minus = 0, False
    while place < len(words):
        word = words[place]
        place += 1
        if not word.number:
            minus = word.value == MINUS
            if not minus:
                yield _Quantity(word)
            continue
        unit, count = _rate(words[place : place + 3 * WORDS_AT_MOST])
        place += count
        below = minus and (unit in BELOW_ZERO or _apart(words[: place - 1]))
        yield _Quantity(word, unit, words[place - 1].end, below)
        minus = False


def _apart(until: Sequence[Word]) -> bool:
    """Tell whether the hyphen with which words end stands for itself.

    At the start of a text it is most often the sign of a list, and behind Japanese part of a name.
    """
    before, minus = until[-2:] if len(until) > 1 else (None, until[-1])
    return minus.start > 0 and (before is None or before.end < minus.start)


def _rate(following: Sequence[Word]) -> tuple[str, int]:
    """Return the unit, or one over another, with which words begin, and how many they are."""
    unit, count = _unit(following[:WORDS_AT_MOST])
    for between in (2, 1):
        parts = following[count : count + between]
        if " ".join(word.value for word in parts) not in (PER_SIGN, *PER):
            continue
        time, more = _unit(following[count + between :][:WORDS_AT_MOST])
        if time:
            return f"{unit}{OVER}{time}", count + between + more
    return unit, count


def _unit(following: Sequence[Word]) -> tuple[str, int]:
    """Return the unit with which words begin, and how many words it has."""
    if len(following) > 1 and following[0].value in TO and following[1].number:
        return "", 0
    for count in range(len(following), 0, -1):
        unit = UNITS.get(" ".join(word.value for word in following[:count]))
        if unit:
            return unit, count
    return "", 0


def _between(read: list[_Quantity]) -> list[_Quantity]:
    """Write what stands between two sides as x, and a slash that says nothing not at all."""
    left = list(read)
    for place in range(len(read) - 2, 0, -1):
        first, each, last = read[place - 1 : place + 2]
        if first.word.number:
            value = _said_between(first, each.word.value, last)
            left[place] = each._replace(word=each.word._replace(value=value))
    return [each for each in left if each.word.value != PER_SIGN]


def _said_between(first: _Quantity, value: str, last: _Quantity) -> str:
    sides = last.word.number and last.unit in LENGTHS and first.unit in {"", *LENGTHS}
    if sides and value in BY_WORDS:
        return BY
    return OF_EACH if value in PER else value


def _ranges(read: list[_Quantity]) -> list[_Quantity]:
    """Leave out what stands between two numbers as a dash would."""
    left: list[_Quantity] = []
    for each in read:
        match left[-2:]:
            case [first, to] if first.word.number and each.word.number and to.word.value in TO:
                left.pop()
        left.append(each)
    return left


def _packs(read: list[_Quantity]) -> list[_Quantity]:
    """Write 'pack of 3' as '3 pack'."""
    turned: list[_Quantity] = []
    for each in read:
        turned.append(each)
        match turned[-3:]:
            case [holder, of, number] if number.bare and _holds(holder.word, of.word):
                unit = UNITS.get(holder.word.value, holder.word.value)
                moved = number.word._replace(start=holder.word.start)
                turned[-3:] = [_Quantity(moved, unit, number.word.end)]
    return turned


def _holds(holder: Word, of: Word) -> bool:
    return holder.value in PACKS and of.value in OF


def _sides(read: list[_Quantity]) -> list[_Quantity]:
    """Give each side, and each number of a list, the unit that is behind the last one alone."""
    for place in range(len(read) - 1, 0, -1):
        unit = read[place].unit
        if unit not in SHARED and OVER not in unit:
            continue
        parts = read[place - 1].word.value
        before = place - 2 if parts in LISTED or (parts == BY and unit in LENGTHS) else place - 1
        if before >= 0 and read[before].bare:
            read[before] = read[before]._replace(unit=unit, end=read[before].word.end)
    return read


def _written(each: _Quantity) -> Iterator[Word]:
    word = each.word
    what, over, of = each.unit.partition(OVER)
    unit, factor = IN_SMALLER.get(what, (what, None))
    number = word.value if factor is None else times(word.value, factor)
    yield word._replace(value=f"{MINUS}{number}" if each.minus else number)
    if unit:
        yield Word(f"{unit}{over}{of}", False, word.end, max(word.end, each.end))
