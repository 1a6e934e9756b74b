"""The language of the interface: English, which stands in the code, and what catalogs make of it.

A sentence for people is written in English where it is used, ``tr("Filed by {name}.", name=name)``,
and that English is its key in the catalogs ``*.zh.toml`` under ``bot`` and ``checks``, each beside
what it is about. What no catalog knows stays English: a team's own checklists, for example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import msgspec

from bot.core.labeled import LabeledEnum

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "checks")


class InterfaceLanguage(LabeledEnum):
    """What Brandwarden speaks to a team; its value is the code of the language."""

    ENGLISH = "en", "English"
    CHINESE = "zh", "简体中文"


class Catalog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of translations."""

    phrases: dict[str, str]
    """By the English."""


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


@cache
def phrases(language: InterfaceLanguage) -> Mapping[str, str]:
    """Return what the catalogs of a language say, by the English.

    Raises:
        ValueError: a catalog is not sound, or two of them differ; it says where.
    """
    merged: dict[str, str] = {}
    for path in catalogs(language):
        try:
            read = msgspec.toml.decode(path.read_bytes(), type=Catalog).phrases
        except msgspec.MsgspecError as error:
            message = f"{path.name}: {error}"
            raise ValueError(message) from error
        for english, text in read.items():
            if merged.setdefault(english, text) != text:
                message = f"{path.name}: '{english}' is translated in another way elsewhere"
                raise ValueError(message)
    return merged


def catalogs(language: InterfaceLanguage) -> tuple[Path, ...]:
    """Return the files of a language, in a stable order."""
    found = (path for name in PACKAGES for path in (ROOT / name).rglob(f"*.{language.value}.toml"))
    return tuple(sorted(found))
