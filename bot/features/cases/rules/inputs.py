"""What people ask of a case, as they ask for it: closing, quiet, trust in its seller."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.identifiers import ProductReference
from bot.core.interface import tr
from bot.core.labeled import LabeledEnum
from bot.core.team import Team
from bot.errors import UserError
from bot.features.cases.models.cases import TRUSTING, CloseReason
from bot.features.watchlist.models.sellers import EVERYWHERE

LONGEST = timedelta(days=90)
"""Quiet for longer is forgetting; close the case instead."""


class ClosingInput(msgspec.Struct, frozen=True, kw_only=True):
    """Which case is to be closed, and why."""

    case: str
    """Its key."""
    reason: CloseReason
    note: str = ""
    """What the next person should know."""

    @property
    def trusts(self) -> bool:
        """Tell whether its seller is trusted from then on."""
        return self.reason in TRUSTING


class SnoozeInput(msgspec.Struct, frozen=True, kw_only=True):
    """Which case is to be quiet, and for how long: some hours, or until a day."""

    case: str
    """Its key."""
    hours: int | None = None
    """None: until the day."""
    day: date | None = None
    today: date | None = None
    """The team's day on which it was asked for."""

    @property
    def last_day(self) -> date:
        """The day on which it reports back. Raises UserError: it may not be chosen."""
        if self.day is None or self.today is None:
            message = tr("Choose a day.")
            raise UserError(message)
        if not timedelta() < self.day - self.today <= LONGEST:
            latest = self.today + LONGEST
            message = tr(
                "Choose a day after {today}, and no later than {latest}.",
                today=self.today,
                latest=latest,
            )
            raise UserError(message)
        return self.day

    def until(self, now: datetime, team: Team) -> datetime:
        """Return when it reports back; of a day, in the morning. Raises UserError."""
        if self.hours is not None:
            return now + timedelta(hours=self.hours)
        morning = datetime.combine(self.last_day, time(team.digest_hour), ZoneInfo(team.zone))
        return morning.astimezone(UTC)


class Where(LabeledEnum):
    """On which products a seller is to be trusted."""

    CASE = "case", "The case's products"
    ALL = "all", "All products"
    LIST = "list", "Products I choose"


class TrustInput(msgspec.Struct, frozen=True, kw_only=True):
    """What was written; its properties read it, each with what is wrong."""

    seller: str
    case: str = ""
    """The key of the case in which it was asked for; empty: in none."""
    where: Where = Where.ALL
    products: str = ""
    """ASINs or links, between blanks or commas, where they are listed."""
    last_day: date | None = None
    today: date | None = None
    document: str = ""
    """The key of the rights document that it rests on."""

    @property
    def asins(self) -> tuple[str, ...]:
        """The products that are named; none where they are the case's. Raises UserError."""
        if self.where is Where.ALL:
            return (EVERYWHERE,)
        if self.where is Where.CASE:
            return ()
        listed = ProductReference.parse_all(self.products)
        if not listed:
            raise UserError(tr("Enter the ASINs, or choose all products."))
        return tuple(dict.fromkeys(each.asin for each in listed))

    @property
    def end(self) -> date | None:
        """The last day. Raises UserError."""
        if self.last_day and self.today and self.last_day < self.today:
            message = tr("That day has passed. Choose a later one, or leave it empty.")
            raise UserError(message)
        return self.last_day

    def until(self, team: Team) -> datetime | None:
        """Return the moment at which it ends. Raises UserError."""
        return team.end_of(self.end) if self.end else None
