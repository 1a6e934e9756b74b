"""A selling account that tells how its listings are, and a program that looks at them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from bot.core.listing import Watch
from bot.core.listing_status import ListingState, StatusReading
from bot.core.questions import Bucket, Operation
from bot.errors import AccessRefused, SourceError
from bot.features.watchlist.collections import LISTING_RECORDS, WATCHES
from bot.features.watchlist.models.listing_records import ListingRecord
from checks.listing_recording import ListingRecording
from checks.listing_watch import ListingLook, ListingWatch
from tests.unit.checks.own_listings.listings import FINE
from tests.unit.conftest import ASIN, OWN, SECOND, Team

SKUS = {ASIN: "PAN-1", SECOND: "PAN-2"}
Answer = ListingState | SourceError


@dataclass
class Account:
    """Answers from ``states`` by SKU; ``script`` is answered first, one entry a request."""

    team: Team
    states: dict[str, Answer] = field(default_factory=dict)
    script: list[dict[str, Answer] | SourceError] = field(default_factory=list)
    sellers: frozenset[str] = frozenset({OWN})
    """Those for which the account speaks."""
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def status_quota(self, region: str) -> Bucket:
        return Bucket(operation=Operation.SEARCH_LISTINGS, region=region, tokens=5, interval=0.3)

    async def listing_states(self, seller: str, watches: Sequence[Watch]) -> list[StatusReading]:
        self.asked.append((seller, tuple(watch.sku for watch in watches)))
        if seller not in self.sellers:
            raise AccessRefused
        scripted = self.script.pop(0) if self.script else {}
        if isinstance(scripted, SourceError):
            raise scripted
        return [
            self._reading(seller, watch, (self.states | scripted).get(watch.sku))
            for watch in watches
        ]

    lone_status_quota = status_quota

    async def lone_listing_state(self, seller: str, watch: Watch) -> StatusReading:
        [reading] = await self.listing_states(seller, [watch])
        return reading

    def _reading(self, seller: str, watch: Watch, answer: Answer | None) -> StatusReading:
        if isinstance(answer, SourceError):
            return StatusReading(watch, answer)
        raw = f"{watch.sku} {answer}".encode()
        told = answer or msgspec.structs.replace(MISSING, seller=seller)
        state = msgspec.structs.replace(
            told,
            sku=watch.sku,
            seller=seller if answer is None or answer.seller == FINE.seller else answer.seller,
            asin=watch.asin if told.listed else "",
            at=self.team.clock.now,
            digest=hashlib.sha256(raw).hexdigest() if told.listed else "",
        )
        return StatusReading(watch, state, raw if told.listed else b"")


MISSING = ListingState(sku="", seller="", marketplace="US", at=FINE.at, listed=False)


@dataclass
class Looking:
    """A program that looks at two listings, a while apart."""

    team: Team
    account: Account
    watch: ListingWatch
    recording: ListingRecording
    again: Callable[[], ListingWatch]

    async def look(self, *asins: str, seconds: float = 10) -> list[ListingLook]:
        """Let time pass, ask, record and send."""
        self.team.clock.advance(seconds=seconds)
        looks = await self.watch.ask(await self.watches(*asins))
        await self.recording.take_in(looks)
        await self.team.dispatcher.deliver()
        return looks

    async def watches(self, *asins: str) -> list[Watch]:
        found = [await self.team.app.store.get(WATCHES, f"US-{asin}") for asin in asins or SKUS]
        return [each for each in found if each]

    async def record(self, asin: str = ASIN) -> ListingRecord | None:
        return await self.team.app.store.get(LISTING_RECORDS, f"US-{asin}")

    @property
    def titles(self) -> list[str]:
        """The titles of the cards of cases."""
        chat = self.team.chat
        return [chat.cards[key].title for key in chat.order if "/" not in key]


async def selling(team: Team, first: ListingState | None = FINE) -> Looking:
    """Give the team's products SKUs, and look at them for the first time."""
    async with team.app.store.transaction() as tx:
        for asin, sku in SKUS.items():
            watch = await tx.get(WATCHES, f"US-{asin}")
            assert watch
            tx.put(WATCHES, msgspec.structs.replace(watch, sku=sku))
    account = Account(team)
    if first is not None:
        account.states |= dict.fromkeys(SKUS.values(), first)

    def begin() -> ListingWatch:
        return ListingWatch(team.app, account)

    looking = Looking(team, account, begin(), ListingRecording(team.app), begin)
    await looking.look()
    account.asked.clear()
    return looking
