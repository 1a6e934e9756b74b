"""What a rule about a listing of ours may know, and what it concludes."""

from __future__ import annotations

import enum
from typing import TypeAlias

import msgspec

from bot.core.findings import Fact, Severity
from bot.core.listing import Watch
from bot.core.listing_status import ListingState
from bot.features.watchlist.models.listing_records import ListingRecord


class ListingContext(msgspec.Struct, frozen=True):
    """A product that we sell, how its listing is, and what was known before."""

    watch: Watch
    state: ListingState
    record: ListingRecord | None
    """None: it was never looked at."""


class NoProblem(enum.Enum):
    """Why a rule found no problem."""

    CLEAR = enum.auto()
    """There is none."""
    UNTOLD = enum.auto()
    """Amazon did not say: what went on may go on, and what did not may have begun."""


class ListingProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is wrong with a listing."""

    severity: Severity
    headline: str
    brief: str
    """The same in a few words, to stand behind the product's name."""
    mark: str
    """What tells one cause from another; the same again is no news."""
    facts: tuple[Fact, ...]
    lasts: bool = True
    """As long as it goes on, a person who said that it is over is told again."""


Conclusion: TypeAlias = ListingProblem | NoProblem
