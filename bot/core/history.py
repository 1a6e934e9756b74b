"""What all readings of one product add up to: who is there since when, and who has left.

A reading alone deceives (Amazon lists 20 offers at most, and answers now and then with false
zeros), so a departure counts only when two readings that could see everything agree.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.core.listing import Snapshot
from bot.core.money import Money
from bot.core.price_history import PriceTail

CONFIRMATIONS = 2
"""So many readings in a row must agree before an absence is believed."""

REMEMBERED = 200
"""Sellers kept for one product; the ones who left longest ago are forgotten first."""


class Presence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One seller on one product."""

    seller: str
    first_seen: datetime
    since: datetime
    """When the present stay, or the last one, began."""
    missed: int = 0
    """Readings in a row that could see everything and did not see this seller."""
    gone_at: datetime | None = None
    stays: int = 1
    landed: Money | None = None
    """What their cheapest offer cost a buyer when it was last seen."""
    landed_since: datetime | None = None
    """When that price was first seen."""
    fba: bool | None = None
    """Whether Amazon sent their goods when last it was told."""


class History(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of one watch after its latest reading."""

    key: str
    last: Snapshot | None = None
    presences: tuple[Presence, ...] = ()
    holders: tuple[str, ...] | None = None
    """Who held the Buy Box when last anybody could tell; None before the first time."""
    holders_since: datetime | None = None
    no_holder: int = 0
    """Readings in a row in which nobody held the Buy Box."""
    empty: int = 0
    """Readings in a row that showed no offer at all."""
    unlisted: int = 0
    """Readings in a row in which Amazon counted more offers than it listed."""
    unlisted_since: datetime | None = None
    doubted_at: datetime | None = None
    """Since when the latest of what waits to be confirmed is in doubt."""
    floor: Money | None = None
    """The watch's price floor at the latest reading that was judged; the team may change it."""
    prices: PriceTail | None = None
    """The end of the record of its prices."""

    def presence(self, seller: str) -> Presence | None:
        """Return what is known of the seller on this product."""
        return next((known for known in self.presences if known.seller == seller), None)

    def present(self, seller: str) -> bool:
        """Tell whether the seller is there as far as anybody can know."""
        known = self.presence(seller)
        return known is not None and known.gone_at is None

    @property
    def unsure(self) -> bool:
        """Tell whether something waits to be confirmed by another reading."""
        waiting = (self.no_holder, self.empty, self.unlisted)
        return any(0 < count < CONFIRMATIONS for count in waiting) or any(
            known.missed and known.gone_at is None for known in self.presences
        )

    def doubts(self) -> set[str]:
        """Return what waits to be confirmed by another reading: sellers, and the rest by name."""
        waiting = {"no holder": self.no_holder, "empty": self.empty, "unlisted": self.unlisted}
        named = {doubt for doubt, count in waiting.items() if 0 < count < CONFIRMATIONS}
        missing = {one.seller for one in self.presences if one.missed and one.gone_at is None}
        return named | missing

    def apply(
        self,
        snapshot: Snapshot,
        floor: Money | None = None,
        apart: timedelta = timedelta(),
    ) -> History:
        """Add one reading to what was known; ``floor`` is the watch's at this reading.

        A doubt is confirmed only by a reading that comes at least ``apart`` after it began: two
        readings in one breath see the same passing error of Amazon's.
        """
        if snapshot.same_as(self.last) and floor == self.floor and not self.unsure:
            # The usual case: nothing waits for a second reading, so the same again teaches nothing.
            return msgspec.structs.replace(self, last=snapshot)
        hasty = self.doubted_at is not None and abs(snapshot.at - self.doubted_at) < apart
        empty = _confirm(self.empty, hasty=hasty) if snapshot.empty else 0
        if 0 < empty < CONFIRMATIONS:
            # Possibly a false zero: it says nothing about the Buy Box or about hidden offers.
            presences = _presences(self, snapshot, hasty=True)
            now = msgspec.structs.replace(self, last=snapshot, presences=presences, empty=empty)
            return _doubted(now, self, snapshot.at)
        holders, since, no_holder = _buy_box(self, snapshot, hasty=hasty)
        now = History(
            key=self.key,
            last=snapshot,
            presences=_presences(self, snapshot, hasty=hasty),
            holders=holders,
            holders_since=since,
            no_holder=no_holder,
            empty=empty,
            unlisted=_confirm(self.unlisted, hasty=hasty) if snapshot.unlisted else 0,
            unlisted_since=(self.unlisted_since or snapshot.at) if snapshot.unlisted else None,
            floor=floor,
            prices=self.prices,
        )
        return _doubted(now, self, snapshot.at)


def _confirm(count: int, *, hasty: bool) -> int:
    """Count one more reading that agrees; a hasty one may raise a doubt and not confirm it."""
    if count >= CONFIRMATIONS:
        return CONFIRMATIONS
    return max(1, count) if hasty else count + 1


def _doubted(now: History, before: History, at: datetime) -> History:
    """Note since when something is in doubt; a doubt that joins others waits as long as any."""
    if not now.unsure:
        return msgspec.structs.replace(now, doubted_at=None)
    fresh = now.doubts() - before.doubts()
    since = at if fresh else before.doubted_at or at
    return msgspec.structs.replace(now, doubted_at=since)


def _buy_box(
    before: History, snapshot: Snapshot, *, hasty: bool
) -> tuple[tuple[str, ...] | None, datetime | None, int]:
    """Return the holders, since when, and for how many readings nobody held it."""
    if snapshot.holders is None:
        return before.holders, before.holders_since, before.no_holder
    nobody = 0 if snapshot.holders else _confirm(before.no_holder, hasty=hasty)
    if before.holders and 0 < nobody < CONFIRMATIONS:
        return before.holders, before.holders_since, nobody
    # One seller may win twice, with Prime and without.
    holders = tuple(sorted(set(snapshot.holders)))
    since = before.holders_since if holders == before.holders else snapshot.at
    return holders, since, nobody


def _presences(before: History, snapshot: Snapshot, *, hasty: bool) -> tuple[Presence, ...]:
    known = {presence.seller: presence for presence in before.presences}
    here = {offer.seller for offer in snapshot.offers}
    for seller in here:
        known[seller] = _priced(_seen(known.get(seller), seller, snapshot.at), snapshot)
    if snapshot.complete:
        for seller in known.keys() - here:
            known[seller] = _missed(known[seller], snapshot.at, hasty=hasty)
    # Whoever is listed now is never forgotten, however long ago they came.
    ranked = sorted(
        known.values(), key=lambda one: (one.seller in here, *_forgotten_last(one)), reverse=True
    )
    return tuple(sorted(ranked[:REMEMBERED], key=lambda presence: presence.seller))


def _forgotten_last(presence: Presence) -> tuple[bool, datetime]:
    return presence.gone_at is None, presence.gone_at or presence.since


def _seen(known: Presence | None, seller: str, at: datetime) -> Presence:
    if known is None:
        return Presence(seller=seller, first_seen=at, since=at)
    if known.gone_at is not None:
        return Presence(seller=seller, first_seen=known.first_seen, since=at, stays=known.stays + 1)
    return msgspec.structs.replace(known, missed=0) if known.missed else known


def _priced(known: Presence, snapshot: Snapshot) -> Presence:
    """Note the seller's terms; what this reading does not tell stays as it was."""
    offer = snapshot.cheapest_of(known.seller)
    if offer is None:
        return known
    if offer.fba is not None and offer.fba != known.fba:
        known = msgspec.structs.replace(known, fba=offer.fba)
    if not offer.told or offer.landed == known.landed:
        return known
    return msgspec.structs.replace(known, landed=offer.landed, landed_since=snapshot.at)


def _missed(known: Presence, at: datetime, *, hasty: bool) -> Presence:
    if known.gone_at is not None:
        return known
    missed = _confirm(known.missed, hasty=hasty)
    gone_at = at if missed >= CONFIRMATIONS else None
    return msgspec.structs.replace(known, missed=missed, gone_at=gone_at)
