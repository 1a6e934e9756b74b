"""The words of a dossier that are ours, by language: catalogs in the folder ``words``."""

from __future__ import annotations

import functools
from datetime import date, datetime
from pathlib import Path

import msgspec

from bot.core.money import Money
from bot.core.written import written_day, written_moment, written_money
from bot.features.evidence.models.capture import PageElement
from bot.features.evidence.models.custody import CustodyAction
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.dossier import CustodyNote, LimitKind, MomentKind
from bot.features.rights.models import BrandRightKind

FOLDER = Path(__file__).with_name("words")
ENGLISH = "en"


class Catalog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one language; what stands in braces is filled in."""

    text: dict[str, str]
    claims: dict[Claim, str]
    rights: dict[BrandRightKind, str]
    elements: dict[PageElement, str]
    moments: dict[MomentKind, str]
    deeds: dict[CustodyAction, str]
    notes: dict[CustodyNote, str]
    limits: dict[LimitKind, str]


@functools.cache
def catalog(language: str) -> Catalog:
    """Return the words of the language, of its parent (``es`` of ``es-MX``), or English."""
    for code in (language, language.partition("-")[0]):
        path = FOLDER / f"{code}.toml"
        if code.isascii() and code.replace("-", "").isalpha() and path.is_file():
            return msgspec.toml.decode(path.read_bytes(), type=Catalog)
    return catalog(ENGLISH)


class Words:
    """Says things in one language. What is filled in is a stranger's text: never a template."""

    def __init__(self, language: str) -> None:
        """Speak the language."""
        self.language = language
        self.catalog = catalog(language)

    def say(self, key: str, **known: object) -> str:
        """Return the text of that key, filled in."""
        return self.catalog.text[key].format_map(known)

    def moment(self, at: datetime) -> str:
        """Return a moment with its zone, UTC."""
        return written_moment(at, self.language)

    def money(self, price: Money) -> str:
        """Return a price."""
        return written_money(price, self.language)

    def day(self, day: date) -> str:
        """Return a day."""
        return written_day(day, self.language)
