"""The language of the interface: English, which stands in the code, and what catalogs make of it.

A sentence for people is written in English where it is used, ``tr("Filed by {name}.", name=name)``,
and that English is its key in the catalogs ``*.zh.toml``, each beside what it is about. A sentence
is never put together from parts: another language has another order. What no catalog knows stays
English: a team's own checklists, for example.

What is stored, such as a case's timeline, stays English: ``noted`` writes such a sentence, and
``tr_noted`` says it. The catalogs have those under ``noted``, apart from what is said at once.

``tests/language/test_interface.py`` finds the sentences that a language lacks. It reads the
literals given to ``tr``, ``tr_count`` and ``noted``; a text that is data is said by ``tr_data`` and
listed in ``tests/language/said.py``.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "checks", "adapters")


class InterfaceLanguage(enum.StrEnum):
    """What Brandwarden speaks to a team; its value is the code of the language."""

    ENGLISH = "en"
    CHINESE = "zh"

    @classmethod
    def _missing_(cls, _: object) -> InterfaceLanguage:
        """Take a language that only another version knows for English: the data must open."""
        return cls.ENGLISH

    @property
    def label(self) -> str:
        """What the language is called by those who speak it."""
        return _LABELS[self]


_LABELS = {InterfaceLanguage.ENGLISH: "English", InterfaceLanguage.CHINESE: "简体中文"}
_ENDS = ("。", "！", "？", "；", "」", "）")
"""After these no blank follows."""
_NAME = re.compile(r"\{(\w+)\}")
_LABELED = frozenset({"claim", "form", "kind", "reason", "source", "state"})
"""Names that stand for labels in what is stored."""
_NESTED = frozenset({"brief", "remark", "why"})
"""Names that stand for another sentence."""


class Catalog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of translations."""

    phrases: dict[str, str] = {}
    """By the English."""
    noted: dict[str, str] = {}
    """What is stored, by the English."""


_speaking: ContextVar[InterfaceLanguage] = ContextVar(
    "interface language", default=InterfaceLanguage.ENGLISH
)


def speaking() -> InterfaceLanguage:
    """Return the language in which people are spoken to right now."""
    return _speaking.get()


@contextmanager
def speak(language: InterfaceLanguage) -> Iterator[None]:
    """Speak the language to people until the block ends."""
    token = _speaking.set(language)
    try:
        yield
    finally:
        _speaking.reset(token)


def tr(english: str, /, **values: object) -> str:
    """Return the sentence in the language of the interface, its ``{names}`` filled with values.

    Without values nothing is filled, so a text may have braces.
    """
    language = speaking()
    text = english
    if language is not InterfaceLanguage.ENGLISH:
        text = phrases(language).get(english, english)
    return text.format_map(values) if values else text


def tr_count(count: int, one: str, many: str, /, **values: object) -> str:
    """Return the sentence about one thing or several; its ``{count}`` is how many."""
    return tr(one if count == 1 else many, count=f"{count:,}", **values)


def tr_data(text: str) -> str:
    """Return a text that is data, such as a checklist's, in the language of the interface."""
    return tr(text)


def noted(english: str, /, **values: object) -> str:
    """Return a sentence for the store, in English; ``tr_noted`` says it to people."""
    return english.format_map(values)


def tr_noted(text: str) -> str:
    """Return a sentence of the store in the language of the interface; others as they are.

    Labels in it are said as well, by the names of `_LABELED`.
    """
    language = speaking()
    if language is InterfaceLanguage.ENGLISH:
        return text
    for pattern, sentence in _notes(language):
        if found := pattern.fullmatch(text):
            return sentence.format_map(
                {name: _label(name, value) for name, value in found.groupdict().items()}
            )
    return text


def _label(name: str, value: str) -> str:
    """Return what stands in a sentence: a label in the language, anything else as it is."""
    if name in _NESTED:
        return tr_noted(tr(value))
    if name not in _LABELED:
        return value
    # A label inside of a sentence begins with a small letter.
    said = tr(value[:1].upper() + value[1:])
    return value if said.casefold() == value.casefold() else said


def listed(*parts: str) -> str:
    """Return what there is of the parts, with commas between them."""
    return tr(", ").join(filter(None, parts))


def together(*sentences: str) -> str:
    """Return what there is of the sentences as one text."""
    text = ""
    for sentence in filter(None, sentences):
        gap = "" if not text or text.endswith(_ENDS) else " "
        text = f"{text}{gap}{sentence}"
    return text


@cache
def phrases(language: InterfaceLanguage) -> Mapping[str, str]:
    """Return what the catalogs of a language say, by the English.

    Raises:
        ValueError: a catalog is not sound, or two of them differ; it says where.
    """
    return _merged(language, lambda catalog: catalog.phrases)


@cache
def notes(language: InterfaceLanguage) -> Mapping[str, str]:
    """Return what the catalogs of a language say of what is stored, by the English.

    Raises:
        ValueError: as for ``phrases``.
    """
    return _merged(language, lambda catalog: catalog.noted)


@cache
def _notes(language: InterfaceLanguage) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return how stored sentences are known again, those with the most words of their own first."""
    ordered = sorted(notes(language).items(), key=lambda each: -len(_NAME.sub("", each[0])))
    return tuple((_pattern(english), text) for english, text in ordered)


def _pattern(english: str) -> re.Pattern[str]:
    literals = _NAME.split(english)
    parts = [
        f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(literals)
    ]
    return re.compile("".join(parts), re.DOTALL)


def _merged(
    language: InterfaceLanguage, table: Callable[[Catalog], Mapping[str, str]]
) -> Mapping[str, str]:
    merged: dict[str, str] = {}
    for path in catalogs(language):
        try:
            read = msgspec.toml.decode(path.read_bytes(), type=Catalog)
        except msgspec.MsgspecError as error:
            message = f"{path.name}: {error}"
            raise ValueError(message) from error
        for english, text in table(read).items():
            if merged.setdefault(english, text) != text:
                message = f"{path.name}: '{english}' is translated in another way elsewhere"
                raise ValueError(message)
    return merged


def catalogs(language: InterfaceLanguage) -> tuple[Path, ...]:
    """Return the files of a language, in a stable order."""
    found = (path for name in PACKAGES for path in (ROOT / name).rglob(f"*.{language.value}.toml"))
    return tuple(sorted(found))
