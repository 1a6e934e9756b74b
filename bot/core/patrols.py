"""Patrols: questions that are asked of product after product, each by a quota of its own. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class PatrolSubject(StrEnum):
    """What a patrol asks for; the value names its faults in the store and never changes."""

    PRICES = "prices"
    """How many offers there are, and who holds the Buy Box."""
    PAGES = "pages"
    """What the pages say."""
    LISTINGS = "listings"
    """How our own listings stand: suppressed, closed, with issues."""
    LONE_LISTINGS = "lone-listings"
    """The same of those whose SKUs can only be asked for one by one."""
    CONDITIONS = "conditions"
    """Offers in every condition."""
    APLUS = "aplus"
    """Which A+ content is published on our pages."""


class PatrolState(msgspec.Struct, frozen=True, kw_only=True):
    """How far a patrol comes in one region."""

    subject: PatrolSubject
    region: str
    products: int
    read: int = 0
    """Products whose last answer could be read."""
    failing: int = 0
    """Products whose last answer could not be read, or was none; the rest was not asked for yet."""
    why: str = ""
    """Why nothing can be asked there, or why one of those products could not be read."""
    since: datetime | None = None
    """Since when nothing can be asked there; None: it can."""
    round: float = 0.0
    """Seconds until each product was asked for once, if all are alike."""

    @property
    def out(self) -> bool:
        """Tell whether nothing can be asked there now."""
        return self.since is not None


def scope_of(subject: PatrolSubject, region: str) -> str:
    """Return the name under which it is stored that a question cannot be asked in a region."""
    return f"{subject}/{region}"


def is_patrol(scope: str) -> bool:
    """Tell whether a stored fault is of a patrol, and no fault of looking at offers."""
    return "/" in scope
