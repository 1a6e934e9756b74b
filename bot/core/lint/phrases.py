"""Finding words of six languages in a text, as the rules for letters need it.

What to look for is in catalogs, TOML files beside the rules, so that native speakers can review it.
They belong to the program as its code does, and are read once, by the rules that look for them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

SHOWN = 40
"""Characters of what was found that a remark says again."""
JAPANESE = "ja"

_REMEMBERED = 64
"""Texts of which it is known what they say: a draft is read again with each act on its report."""
_LISTS = 32
"""Lists, at most, that a text is read by."""
_MARKS = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{SOFT HYPHEN}": None})
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])|\n+")
_WORD = re.compile(r"<\w+>")
_LETTERS = re.compile(r"\\.|[^\W\d_]+")

Lists = TypeVar("Lists", bound=msgspec.Struct)


class _Catalog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    phrases: dict[str, dict[str, str]]
    """Lists by name and language. A line is a phrase, or several that stand between ``|``."""
    words: dict[str, dict[str, str]] = {}
    """By name and language: what ``<name>`` stands for in phrases of that language."""


def read_phrases(module: str, lists: type[Lists]) -> Lists:
    """Return the catalog beside a module; ``lists`` has a field for each list, compiled.

    Raises:
        ValueError: the catalog is not sound; it says where.
    """
    path = Path(module).with_suffix(".toml")
    try:
        catalog = msgspec.toml.decode(path.read_bytes(), type=_Catalog)
        compiled = {
            name: _compiled(name, phrases, catalog.words)
            for name, phrases in catalog.phrases.items()
        }
        return msgspec.convert(compiled, lists)
    except (msgspec.MsgspecError, ValueError) as error:
        message = f"{path.name}: {error}"
        raise ValueError(message) from error


def _compiled(
    name: str, by_language: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> re.Pattern[str]:
    """Compile a list. A phrase begins where a word begins, but in Japanese, which has no blanks."""
    filled = {code: _filled(text, code, words) for code, text in by_language.items()}
    spaced = "|".join(text for code, text in filled.items() if code != JAPANESE)
    parts = (rf"\b(?:{spaced})" if spaced else "", filled.get(JAPANESE, ""))
    whole = "|".join(filter(None, parts))
    if left := _WORD.search(whole):
        message = f"{name}: nothing stands for {left[0]}"
        raise ValueError(message)
    try:
        return re.compile(whole, re.IGNORECASE)
    except re.error as error:
        message = f"{name}, {_unsound(filled)}"
        raise ValueError(message) from error


def _filled(text: str, language: str, words: Mapping[str, Mapping[str, str]]) -> str:
    """Return the phrases as one, with what stands for the words in them."""
    for name, by_language in words.items():
        text = text.replace(f"<{name}>", by_language.get(language, f"<{name}>"))
    return "|".join(filter(None, text.split("\n")))


def _unsound(filled: Mapping[str, str]) -> str:
    """Say in which language a phrase is not sound, and show it."""
    for code, text in filled.items():
        try:
            re.compile(text)
        except re.error as error:
            return f"{code}: {error.msg}: {text[error.pos or 0 :][:SHOWN]}"
    return "all languages together"


@lru_cache(_REMEMBERED)
def flat(text: str) -> str:
    """Return the text on one line, with one form for each sign."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_MARKS)
    return " ".join(text.split())


def sentences(text: str) -> list[str]:
    """Return the text's sentences and lines, each flat."""
    return [found for part in _SENTENCE.split(text) if (found := flat(part))]


@lru_cache(_LISTS * _REMEMBERED)
def found(pattern: re.Pattern[str], text: str) -> str:
    """Return the first words of the text that the pattern finds, short; empty if there are none."""
    line = flat(text)
    match = _first(pattern, line)
    return line[slice(*match.span())].strip()[:SHOWN] if match else ""


def without(pattern: re.Pattern[str], text: str, instead: str) -> str:
    """Return the text with something else in place of all that the pattern finds."""
    return pattern.sub(instead, text) if _first(pattern, text) else text


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return where the pattern finds something first."""
    low, small = text.lower(), _of_small_letters(pattern)
    # A letter that becomes two would move all that stands behind it.
    return small.search(low) if small and len(low) == len(text) else pattern.search(text)


@cache
def _of_small_letters(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    """Return what finds the same in small letters alone, which takes a third of the time.

    None: the list tells capitals from small letters.
    """
    if "(?-i:" in pattern.pattern:
        return None
    return re.compile(_LETTERS.sub(_small, pattern.pattern))


def _small(part: re.Match[str]) -> str:
    """Return letters in small; what follows a backslash means something else in small."""
    return part[0] if part[0].startswith("\\") else part[0].lower()


def near(first: re.Pattern[str], second: re.Pattern[str], text: str, within: int) -> str:
    """Return the second pattern's first words that stand so many characters beside the first's.

    Empty if there are none.
    """
    line = flat(text)
    spans = [match.span() for match in first.finditer(line)]
    for match in second.finditer(line):
        if any(match.start() - end <= within >= start - match.end() for start, end in spans):
            return match[0].strip()[:SHOWN]
    return ""
