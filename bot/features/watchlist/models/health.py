"""How well the products are seen, and what was told of those that cannot be checked."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.core.listing import Watch, WatchStatus
from bot.core.marketplaces import Marketplace
from bot.core.patrols import PatrolState
from bot.features.watchlist.models.account_records import AccountRecord
from bot.features.watchlist.models.push import PushHealth

NAMED = 3
"""So many products that Amazon does not know are named; the rest is counted."""
ACCOUNT = "account"
"""The scope of a fault that keeps every region from being asked: the login is refused."""


class SkuHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How many of our SKUs were checked against their products, and came out how."""

    refused: int
    """Not used: Amazon does not know them, or they are other products."""
    unchecked: int
    """Nobody could tell, or has looked yet."""
    why: str = ""
    """Why one of those could not be checked; empty where nobody has looked."""


class SourceFault(msgspec.Struct, frozen=True):
    """Why no product can be looked at: for the whole account, in one region, or by one patrol."""

    scope: str
    """``ACCOUNT``, the region's name, or that of `bot.core.patrols.scope_of`."""
    why: str
    since: datetime


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How well the products are being seen."""

    watched: int
    fresh: int
    """Seen by the latest try, and not long ago."""
    waiting: int
    """Not looked at yet."""
    failing: list[tuple[Watch, WatchStatus]]
    """Could not be checked, the longest first."""
    overdue: list[tuple[Watch, WatchStatus]] = []
    """Nobody has looked for longer than planned."""
    unknown: list[tuple[Watch, WatchStatus]] = []
    """Amazon does not know them, and they were never seen: that is no outage."""
    oldest: WatchStatus | None = None
    """The one whose last look is longest ago."""
    skus: SkuHealth | None = None
    """How our SKUs stand; None where no product has one."""
    rounds: tuple[timedelta, ...] = ()
    """In what times products are looked at again, the shortest first; empty: nobody knows."""
    by_risk: bool = False
    """Some are looked at more often than that, and others less, by how likely an attack is."""
    patrols: tuple[PatrolState, ...] = ()
    """What is asked of the products beside their offers."""
    login: SourceFault | None = None
    """Why nothing at all may be asked, and since when; None: it may."""
    account: tuple[AccountRecord, ...] = ()
    """How Amazon rates our account, by marketplace."""
    push: PushHealth | None = None
    """How Amazon's notifications arrive; None: no queue is set."""

    @property
    def unchecked(self) -> list[tuple[Watch, WatchStatus]]:
        """What could not be checked lately: every card counts these and calls them so."""
        return [*self.failing, *self.overdue]

    @property
    def unseen(self) -> str:
        """Say what nobody can tell about; nothing when all is seen."""
        total = f"of {self.watched:,} products"
        if not self.unchecked:
            return f"{self.waiting:,} {total} not checked yet" if self.waiting else ""
        more = f" · {self.waiting:,} not checked yet" if self.waiting else ""
        return f"Could not check {len(self.unchecked):,} {total}{more}"

    @property
    def strange(self) -> str:
        """Name the products that Amazon does not know; nothing when it knows all."""
        if not self.unknown:
            return ""
        named = [_named(watch) for watch, _ in self.unknown[:NAMED]]
        if len(self.unknown) > NAMED:
            named.append(f"{len(self.unknown) - NAMED:,} more")
        number = f"{len(self.unknown):,} product{'' if len(self.unknown) == 1 else 's'}"
        return f"Amazon does not know {number}: {', '.join(named)}"


def _named(watch: Watch) -> str:
    market = Marketplace.find(watch.marketplace)
    return f"{watch.asin} on amazon.{market.domain}" if market else watch.asin
