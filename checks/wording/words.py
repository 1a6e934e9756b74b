"""A text's words, numbers and those signs that change what it says, in their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from checks.wording.english import one_of, parted, spelled
from checks.wording.numerals import NUMBER, SPACED, by_point, read_fraction, read_number
from checks.wording.units import OVER, UNITS, WORDS_AT_MOST
from checks.wording.vocabulary import AND, PER, reading_of

INCH, FOOT, MINUS, BY, SLASH = "in", "ft", "-", "x", "/"
PER_SIGN, OF_EACH = f" {OVER}", " per"
"""A slash beside a word, which says something between two units alone, and a word for it."""
ENGLISH = "en"
POWERS = ("sq", "cu")
UNSAID = frozenset(("ending", "number_sign"))
"""Groups of the pattern that add nothing: the り of 入り, and the No. of No. 5."""
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
    (?P<fraction>(?<![\d/.,])(?:\d+\ )?(?:\d?[13579]/(?:2|4|8|16|32|64)|[1245]/3)(?![\d/]))
  | (?P<number>{{number}})
  | (?P<minus>(?:(?<![\w)%"'])|(?<=[{_KANA}{_KATAKANA}{_HAN}]))-(?=\d))
  | (?P<part>(?<=\d)/(?=\d))
  | (?P<by>(?<=\d)\*(?=\ ?\d)|(?<=\d\ )\*(?=\ ?\d))
  | (?P<ending>(?<=入)り(?![{_KANA}]))
  | (?P<area>(?<![^\W\d_])(?P<side>(?i:[mck]?m|in|ft|yd))(?P<power>[23])\b)
  | (?P<per>(?<=[^\W\d_])\ ?/\ ?(?=\w)|(?<=\d)\ ?/\ ?(?=[^\W\d_]))
  | (?P<dotted>(?<![^\W\d_])(?:[a-zA-Z]\.){{{{2,}}}}(?:[a-zA-Z]\b)?)
  | (?P<and>(?<=\d\ )[uU]\.?(?=\ \d))
  | (?P<number_sign>(?i:\b(?:no\.|nr\.|n\.?°|number|nummer|numéro|número|numero)\ ?|\#)(?=\d))
  | (?P<tolerance>\+\ ?/\ ?-) | (?P<most><=) | (?P<least>>=)
  | (?P<inch>''|")
  | (?P<foot>(?<=\d)'(?![^\W\d_]))
  | (?P<month>(?:(?<=\d)|(?<=\d\ ))[かヶヵカケ箇]月間?)
  | (?P<numeral>(?<![{_NUMERALS}百千万])[{_NUMERALS}](?![{_NUMERALS}百千万]))
  | (?P<kana>[{_KANA}]+) | (?P<katakana>[{_KATAKANA}]+)
  | (?P<han>(?:(?![{_NUMERALS}])[{_HAN}])+|[{_NUMERALS}百千万]+)
  | (?P<with>(?<!\d)(?<!\d\ )\bw/(?:o\b)?)
  | (?P<word>(?:(?![{_KANA}{_KATAKANA}{_HAN}])[^\W\d_]|[{_marks()}])+(?:'(?i:s|t|ll|re|ve|m|d)\b)?)
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
def _pattern(*, spaced: bool) -> re.Pattern[str]:
    number = f"{SPACED}|{NUMBER}" if spaced else NUMBER
    return re.compile(_PATTERN.format(number=number), re.VERBOSE)


def words_of(text: str, tag: str, *, spaced: bool = False) -> tuple[Word, ...]:
    """Return the words of a plain text in the language of a tag, such as ``en_US``.

    ``spaced``: spaces part thousands, as they always do in languages with a decimal comma.
    """
    language = tag.replace("-", "_").partition("_")[0].casefold()
    point, reading = by_point(tag), reading_of(language)
    within, read = False, [Word("", False, 0, 0)]
    for found in _pattern(spaced=spaced or not point).finditer(text):
        if found.lastgroup in UNSAID:
            continue
        if found.lastgroup == "inch":
            # A quotation mark behind a number is one of inches, unless it ends a quotation.
            after = read[-1].number and read[-1].end == found.start()
            if within or not after:
                within = not within
                continue
        came = tuple(_read(found, _measures(read), reading, point=point))
        if language == ENGLISH:
            spell = one_of if read[-1].number else spelled
            came = tuple(word._replace(value=spell(word.value)) for word in came)
        if _is_rest(came[0], read[-1], text):
            tens = read.pop()
            number = str(int(tens.value) + int(came[0].value))
            came = (came[0]._replace(value=number, start=tens.start),)
        read.extend(came)
    return tuple(read[1:])


def _is_rest(word: Word, tens: Word, text: str) -> bool:
    """Tell whether a word is the rest of a number in words, as in twenty-four."""
    if not (word.number and tens.number and text[tens.end : word.start] == "-"):
        return False
    spelled_out = text[word.start].isalpha() and text[tens.start].isalpha()
    return spelled_out and len(word.value) == 1 and tens.value.endswith("0")


def _measures(read: Sequence[Word]) -> bool:
    """Tell whether a unit may stand next: behind a number, or with a word or two between."""
    if read[-1].value in (PER_SIGN, *PER, *POWERS):
        return any(word.number for word in read[-2 - WORDS_AT_MOST : -1])
    return read[-1].number


def _read(
    found: re.Match[str], measures: bool, reading: Mapping[str, str], *, point: bool
) -> Iterator[Word]:
    start, end = found.span()
    if found.lastgroup == "fraction":
        yield Word(read_fraction(found[0]), True, start, end)
        return
    if found.lastgroup == "number":
        for number in read_number(found[0], point=point):
            yield Word(number, True, start, end)
        return
    words = _sized(found) if measures else ()
    for written in words or parted(_value(found)):
        value = written
        if not (measures and value in UNITS):
            value = reading.get(value, value)
        yield Word(value, value.isdecimal(), start, end)


def _sized(found: re.Match[str]) -> tuple[str, ...]:
    """Return a unit that says more than its letters without their case, or is followed by an x.

    MB are bytes and Mb are bits; 100g x 3 is often written 100gx3.
    """
    if data := _BITS.fullmatch(found[0]):
        return (f"{data['size'].casefold()}bit{data['rate'] or ''}",)
    if data := _BYTES_A_SECOND.fullmatch(found[0]):
        return (f"{data['size'].casefold()}byteps",)
    unit, by = _value(found)[:-1], _value(found)[-1:]
    if by == BY and unit in UNITS and found.string[found.end() :][:1].isdigit():
        return unit, BY
    return ()


_BITS = re.compile("(?P<size>[KMGT])b(?P<rate>ps)?")
_BYTES_A_SECOND = re.compile("(?P<size>[kKMGT])Bps")
_STAND_FOR = {
    "inch": INCH,
    "foot": FOOT,
    "minus": MINUS,
    "by": BY,
    "per": PER_SIGN,
    "and": AND,
    "tolerance": "±",
    "most": "≤",
    "least": "≥",
}
"""What each group of the pattern is read as, whatever was written."""


def _value(found: re.Match[str]) -> str:
    match found.lastgroup:
        case str(group) if group in _STAND_FOR:
            return _STAND_FOR[group]
        case "area":
            return f"{'sq' if found['power'] == '2' else 'cu'}{found['side'].casefold()}"
        case "dotted":
            return found[0].replace(".", "").casefold()
        case "katakana" if len(found[0]) >= LONG:
            return found[0].rstrip("ー")
        case "plus" if found.string[found.start() - 1] + found.string[found.end() :][:1] == "  ":
            return AND
        case _:
            return unicodedata.normalize("NFKC", found[0].replace("İ", "i").casefold())
