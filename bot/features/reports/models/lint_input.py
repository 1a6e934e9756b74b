"""What the lint has to know of a report, and what it may say against it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase, purchases_of
from bot.features.reports.models.earlier import EarlierReport
from bot.features.reports.models.reports import Report
from bot.features.rights.models import BrandRight


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """Something that would get the report rejected, and what to do about it."""

    rule: str
    says: str
    stops: bool
    """It is an error: no packet is made with it."""
    fix: str = ""
    """The action of the button that leads to its mending."""


def stop(rule: str, says: str, fix: str = "") -> Objection:
    """Return an error: no packet is made with it."""
    return Objection(rule=rule, says=says, stops=True, fix=fix)


def warn(rule: str, says: str, fix: str = "") -> Objection:
    """Return a warning: it asks for a second thought."""
    return Objection(rule=rule, says=says, stops=False, fix=fix)


class LastObservation(msgspec.Struct, frozen=True, kw_only=True):
    """What the last checks saw of the seller on the reported products."""

    there: bool
    """The seller was on one of them when it was seen last."""
    seen_at: datetime | None
    """The last check that could see; None: none could."""
    gone_at: datetime | None = None
    """When the offer was seen to be gone."""
    first_seen: datetime | None = None
    """When the seller was seen for the first time, in whatever stay."""


class LintInput(msgspec.Struct, frozen=True, kw_only=True):
    """A report and everything that the lint has to know besides."""

    report: Report
    items: tuple[EvidenceItem, ...]
    right: BrandRight | None
    allowed: bool
    """The seller is on the list of authorised sellers for one of the products."""
    left_alone: bool
    """The team decided that they are a lawful reseller."""
    last_observation: LastObservation
    now: datetime
    names: tuple[str, ...] = ()
    """Titles of the products, and names of the brand and of sellers."""
    others: tuple[EarlierReport, ...] = ()
    """Reports that this one may repeat, the newest first."""

    @property
    def here(self) -> tuple[EvidenceItem, ...]:
        """Return the evidence that was not deleted."""
        return tuple(item for item in self.items if item.here)

    def has(self, kind: EvidenceKind) -> bool:
        """Tell whether there is evidence of that kind."""
        return any(item.kind is kind for item in self.here)

    @property
    def purchases(self) -> tuple[Purchase, ...]:
        """Return what was bought in test buys, the first order first."""
        return purchases_of(self.items)
