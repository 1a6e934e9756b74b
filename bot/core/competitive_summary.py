"""Who offers a product in each condition, who is featured to whom, and what is similar to it.

Source: getCompetitiveSummary in the model productPricing_2022-05-01. It has no count of all offers
and at most twenty of each condition: a seller who is not listed has not necessarily left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol, runtime_checkable

import msgspec

from bot.core.conditions import Condition
from bot.core.listing import LISTED_AT_MOST, Offer, Watch
from bot.core.questions import Bucket
from bot.errors import SourceError


class ConditionOffer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An offer of goods in a condition."""

    condition: Condition
    sub_condition: str = ""
    """In one spelling, such as ``VeryGood``; empty where it is not told."""
    offer: Offer


class Segment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of the buyers, to whom the same offer is featured."""

    membership: str = ""
    """``PRIME``, ``NON_PRIME``, or ``DEFAULT`` where a buyer's membership is not known."""
    share: Decimal | None = None
    """How many percent of the views of the page it has."""
    country: str = ""
    postal_code: str = ""
    """A place that stands for the segment; no buyer's address."""


class FeaturedOffer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An offer of new goods that holds the Buy Box for some buyers."""

    offer: Offer
    segments: tuple[Segment, ...] = ()

    @property
    def share(self) -> Decimal | None:
        """How many percent of the views it has; None where a segment does not tell."""
        shares = [segment.share for segment in self.segments]
        told = [share for share in shares if share is not None]
        return sum(told, Decimal(0)) if told and len(told) == len(shares) else None


class CompetitiveSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The offers of a product in all conditions at one moment, with what was not told."""

    asin: str
    marketplace: str
    """The marketplace's code."""
    at: datetime
    offers: Mapping[Condition, tuple[ConditionOffer, ...]] = {}
    """The cheapest offers by condition; a condition that is absent was not told."""
    unread: Mapping[Condition, int] = {}
    """How many offers of a condition were listed and could not be read."""
    featured: tuple[FeaturedOffer, ...] | None = None
    """Who holds the Buy Box, and for whom; None: not told."""
    similar: tuple[str, ...] | None = None
    """ASINs of products that Amazon calls similar; None: not told."""
    digest: str = ""
    """SHA-256 of the raw answer, in hexadecimal: the name of its bytes in the evidence."""

    @property
    def empty(self) -> bool:
        """Tell whether it shows no offer at all: possibly one of Amazon's false zeros."""
        return not any(self.offers.values()) and not any(self.unread.values())

    def complete(self, condition: Condition) -> bool:
        """Tell whether every offer is listed, so that a seller who is missing is not there."""
        listed = self.offers.get(condition)
        if listed is None or self.unread.get(condition):
            return False
        return len(listed) < LISTED_AT_MOST


class SummaryReading(msgspec.Struct, frozen=True):
    """What came of asking for one watch's summary: it, or why there is none."""

    watch: Watch
    result: CompetitiveSummary | SourceError
    raw: bytes = b""
    """What was said of this product, as it came, for the evidence."""


@runtime_checkable
class SummarySource(Protocol):
    """A source that tells the offers of every condition."""

    def summary_quota(self, region: str) -> Bucket:
        """Return the quota of such questions in a region."""
        ...

    async def competitive_summaries(self, watches: Sequence[Watch]) -> list[SummaryReading]:
        """Ask once about up to twenty products of one marketplace; a reading for each, in order.

        Raises:
            SourceError: the request failed as a whole, and says nothing about any product.
        """
        ...
