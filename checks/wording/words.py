"""A text's words, numbers and those signs that change what it says, in their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from checks.wording.numerals import NUMBER, SPACED, by_point, read_fraction, read_number
from checks.wording.units import UNITS
from checks.wording.vocabulary import AND, reading_of

INCH, FOOT, MINUS, BY = "in", "ft", "-", "x"
LONG = 4
"""Katakana from which on the sign of a long vowel at the end is written or not."""

_KANA = "\u3041-\u309f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_NUMERALS = "一二三四五六七八九十"
_PICTOGRAPHS = "\U0001f300-\U0001f533\U0001f53e-\U0001f7df\U0001f7ec-\U0001faff"
"""Little pictures that say something; coloured squares and circles only adorn."""


def _marks() -> str:
    """Return what belongs to the letter before it: Hindi and Thai write vowels so."""
    codes = range(0x300, 0x10000)
    return "".join(chr(code) for code in codes if unicodedata.category(chr(code))[0] == "M")


_PATTERN = rf"""
    (?P<fraction>(?<![\d/.,])(?:\d+\ )?\d{{{{1,2}}}}/(?:2|3|4|8|16)(?![\d/]))
  | (?P<number>{{number}})
  | (?P<minus>(?<![\w)%"'])-(?=\d))
  | (?P<part>(?<=\d)/(?=\d))
  | (?P<by>(?<=\d)\*(?=\ ?\d)|(?<=\d\ )\*(?=\ ?\d))
  | (?P<ending>(?<=入)り(?![{_KANA}]))
  | (?P<area>(?<![^\W\d_])[mM]2\b)
  | (?P<inch>''|")
  | (?P<foot>(?<=\d)'(?![^\W\d_]))
  | (?P<month>(?:(?<=\d)|(?<=\d\ ))[かヶヵカケ箇]月間?)
  | (?P<numeral>(?<![{_NUMERALS}百千万])[{_NUMERALS}](?![{_NUMERALS}百千万]))
  | (?P<kana>[{_KANA}]+) | (?P<katakana>[{_KATAKANA}]+)
  | (?P<han>(?:(?![{_NUMERALS}])[{_HAN}])+|[{_NUMERALS}百千万]+)
  | (?P<with>(?<!\d)(?<!\d\ )\bw/(?:o\b)?)
  | (?P<word>(?:(?![{_KANA}{_KATAKANA}{_HAN}])[^\W\d_]|[{_marks()}])+)
  | (?P<plus>(?<=\w)\+|(?<=\d\ )\+(?!\ \S)|\+(?=\d)|(?<=\S\ )\+(?=\ \S))
  | (?P<sign>[%‰±≤≥$€£¥@°✗✘❌{_PICTOGRAPHS}]|[<>](?=\s?\d)|{AND})
"""


class Word(NamedTuple):
    """A word, number or sign, as it is compared, and where it stands in the text."""

    value: str
    number: bool
    start: int
    end: int


@cache
def _pattern(*, point: bool) -> re.Pattern[str]:
    number = NUMBER if point else f"{SPACED}|{NUMBER}"
    return re.compile(_PATTERN.format(number=number), re.VERBOSE)


def words_of(text: str, tag: str) -> Iterator[Word]:
    """Yield the words of a plain text in the language of a tag, such as ``en_US``."""
    point, reading = by_point(tag), reading_of(tag.replace("-", "_").partition("_")[0].casefold())
    within, last = False, Word("", False, 0, 0)
    for found in _pattern(point=point).finditer(text):
        if found.lastgroup == "ending":
            continue
        if found.lastgroup == "inch":
            # A quotation mark behind a number is one of inches, unless it ends a quotation.
            after = last.number and last.end == found.start()
            if within or not after:
                within = not within
                continue
        read = tuple(_read(found, last, reading, point=point))
        last = read[-1]
        yield from read


def _read(
    found: re.Match[str], last: Word, reading: Mapping[str, str], *, point: bool
) -> Iterator[Word]:
    start, end = found.span()
    if found.lastgroup == "fraction":
        yield Word(read_fraction(found[0]), True, start, end)
        return
    if found.lastgroup == "number":
        for number in read_number(found[0], point=point):
            yield Word(number, True, start, end)
        return
    value = _value(found)
    if not (last.number and value in UNITS):
        value = reading.get(value, value)
    yield Word(value, value.isdecimal(), start, end)


_STAND_FOR = {"inch": INCH, "foot": FOOT, "minus": MINUS, "by": BY, "area": "sqm"}
"""What each group of the pattern is read as, whatever was written."""


def _value(found: re.Match[str]) -> str:
    match found.lastgroup:
        case str(group) if group in _STAND_FOR:
            return _STAND_FOR[group]
        case "katakana" if len(found[0]) >= LONG:
            return found[0].rstrip("ー")
        case "plus" if found.string[found.start() - 1] + found.string[found.end() :][:1] == "  ":
            return AND
        case _:
            return unicodedata.normalize("NFKC", found[0].casefold())
