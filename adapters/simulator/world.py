"""The state of the world at a moment: a pure function of the scenario and the time.

A listing is what the offers at the start become when the events up to that moment are applied
one after the other, in the order of their times and, at the same time, of the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cached_property, reduce
from typing import Protocol

import msgspec

from adapters.simulator.catalogue import Condition, Offer, OwnSku, Product, Seller
from adapters.simulator.scenario import (
    Arrive,
    BuyBox,
    Close,
    Content,
    Enforce,
    Event,
    Hidden,
    Leave,
    Lift,
    Price,
    Rate,
    Scenario,
    Title,
    asin_of,
)
from bot.core.clocks import utc_now


class ScenarioClock(Protocol):
    """Tells the scenario time in seconds; never negative."""

    def now(self) -> float: ...


class WallClock:
    """Scenario time that follows the wall clock, `speed` times as fast.

    A restarted process that gives the same `started_at` finds the world where it would be.
    """

    def __init__(
        self, started_at: datetime, speed: float = 1.0, wall: Callable[[], datetime] = utc_now
    ) -> None:
        self._started_at = started_at
        self._speed = speed
        self._wall = wall

    def now(self) -> float:
        elapsed = (self._wall() - self._started_at).total_seconds()
        return max(0.0, elapsed * self._speed)


class SettableClock:
    """Scenario time that moves only when a test says so."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._seconds = seconds

    def now(self) -> float:
        return self._seconds

    def advance(self, seconds: float) -> None:
        """Move forward by `seconds` of scenario time."""
        self._seconds += seconds


TAKES_DOWN = frozenset({"LISTING_SUPPRESSED", "CATALOG_ITEM_REMOVED"})
"""What takes our own listing down."""


class Listing(msgspec.Struct, frozen=True, dict=True):
    """A product and who offers it.

    `buy_box` is who holds the Buy Box by an event's word (None: the lowest landed price does);
    `hidden` counts sellers who are counted but never listed, `picture` how often the picture was
    changed: each has an address of its own. `enforced` is what Amazon has against our listing, and
    `closed` tells whether we have none any more.
    """

    product: Product
    title: str
    offers: Mapping[str, Offer]
    buy_box: tuple[str, ...] | None = None
    hidden: int = 0
    picture: int = 0
    enforced: tuple[Enforce, ...] = ()
    closed: bool = False

    def buyable(self, seller: str) -> bool:
        """Tell whether shoppers can buy the seller's offer: Amazon takes none of ours down."""
        actions = {each.action for each in self.enforced}
        return seller in self.offers and not actions & TAKES_DOWN

    @cached_property
    def ranked(self) -> tuple[Offer, ...]:
        """The offers, lowest landed price first; a tie goes to Prime, then by seller."""
        return tuple(sorted(self.offers.values(), key=_rank))

    @cached_property
    def winners(self) -> tuple[Offer, ...]:
        """The offers in the Buy Box.

        When every seller to whom an event gave it has left, the lowest price gets it.
        """
        if self.buy_box == ():
            return ()
        named = tuple(self.offers[seller] for seller in self.buy_box or () if seller in self.offers)
        new = tuple(offer for offer in self.ranked if offer.condition is Condition.NEW)
        return named or new[:1]

    @property
    def used_winner(self) -> Offer | None:
        """The offer in the Buy Box of used goods: the cheapest."""
        used = (offer for offer in self.ranked if offer.condition is Condition.USED)
        return next(used, None)


def _rank(offer: Offer) -> tuple[Decimal, bool, str]:
    return offer.landed, not offer.prime, offer.seller


def happen(listing: Listing, event: Event) -> Listing:
    """The listing after an event."""
    replace = msgspec.structs.replace
    match event:
        case Arrive(offer=offer):
            return replace(listing, offers={**listing.offers, offer.seller: offer})
        case Leave(seller=seller):
            rest = {name: offer for name, offer in listing.offers.items() if name != seller}
            return replace(listing, offers=rest)
        case Price():
            return _at_price(listing, event)
        case BuyBox(sellers=sellers):
            return replace(listing, buy_box=sellers)
        case Title() | Content():
            return _rewritten(listing, event)
        case Hidden() | Enforce() | Lift() | Close() | Rate():
            return _noted(listing, event)


def _noted(listing: Listing, event: Hidden | Enforce | Lift | Close | Rate) -> Listing:
    replace = msgspec.structs.replace
    match event:
        case Hidden(count=count):
            return replace(listing, hidden=count)
        case Enforce():
            return replace(listing, enforced=(*listing.enforced, event))
        case Lift():
            return replace(listing, enforced=(), closed=False)
        case Close():
            return replace(listing, closed=True)
        case Rate():
            return listing


def _at_price(listing: Listing, event: Price) -> Listing:
    old = listing.offers.get(event.seller)
    if old is None:
        return listing
    shipping = old.shipping if event.shipping is None else event.shipping
    new = msgspec.structs.replace(old, price=event.price, shipping=shipping)
    return msgspec.structs.replace(listing, offers={**listing.offers, event.seller: new})


CONTENT = ("brand", "bullets", "description", "product_type", "parent", "image", "aplus")


def _rewritten(listing: Listing, event: Title | Content) -> Listing:
    told = {part: new for part in CONTENT if (new := getattr(event, part, None)) is not None}
    return msgspec.structs.replace(
        listing,
        title=listing.title if event.title is None else event.title,
        product=msgspec.structs.replace(listing.product, **told),
        picture=listing.picture + ("image" in told),
    )


class World:
    """The listings of a scenario at any time (seconds of scenario time).

    `sellers` are the accounts by their ID, whether or not they offer anything at the moment.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.sellers: Mapping[str, Seller] = {seller.id: seller for seller in scenario.sellers}
        self._openings = _openings(scenario)
        self._events: dict[str, list[Event]] = defaultdict(list)
        for event in sorted(scenario.events, key=lambda event: event.at):
            self._events[asin_of(event)].append(event)
        self._families = _families(scenario)
        self._asins_of_skus = {
            offer.sku: offer.asin for _, offer in _all_offers(scenario) if offer.sku is not None
        }
        self._sku_began: dict[str, float] = {}
        for at, offer in _all_offers(scenario):
            if offer.sku is not None:
                self._sku_began[offer.sku] = min(at, self._sku_began.get(offer.sku, at))

    def listing(self, asin: str, now: float) -> Listing | None:
        """The listing at that moment; None for an unknown ASIN."""
        opening = self._openings.get(asin)
        if opening is None:
            return None
        past = (event for event in self._events.get(asin, ()) if event.at <= now)
        return reduce(happen, past, opening)

    def contributed(self, asin: str) -> Listing | None:
        """The listing as its brand sent it, whatever its page says since."""
        return self._openings.get(asin)

    def listings(self, now: float) -> tuple[Listing, ...]:
        """Every listing at that moment, in the order of the file."""
        found = (self.listing(asin, now) for asin in self._openings)
        return tuple(listing for listing in found if listing is not None)

    def events(self, after: float, until: float) -> list[Event]:
        """What happened after one moment, until another, in the order of time."""
        happened = (event for event in self.scenario.events if after < event.at <= until)
        return sorted(happened, key=lambda event: event.at)

    def children(self, asin: str, now: float) -> tuple[str, ...]:
        """The ASINs of the products in a variation family at that moment, sorted."""
        ever = (self.listing(child, now) for child in sorted(self._families.get(asin, ())))
        return tuple(one.product.asin for one in ever if one and one.product.parent == asin)

    def own_skus(self, marketplace: str, now: float) -> tuple[OwnSku, ...]:
        """The own listings in a marketplace at that moment: those of offers, and all others.

        What an offer once sold stays a listing when the offer is gone.
        """
        offered: dict[str, OwnSku] = {}
        for sku, asin in self._asins_of_skus.items():
            listing = self.listing(asin, now)
            if listing is None or listing.product.marketplace != marketplace:
                continue
            if self._sku_began[sku] <= now:
                active = listing.buyable(self.scenario.own_seller)
                offered[sku] = OwnSku(
                    sku=sku, marketplace=marketplace, asin=asin, title=listing.title, active=active
                )
        others = (
            own
            for own in self.scenario.own_skus
            if own.marketplace == marketplace and own.start <= now < own.end
        )
        return (*offered.values(), *others)

    def rating(self, marketplace: str, now: float) -> Rate:
        """How Amazon rates the own account in a marketplace at that moment."""
        rated = Rate(at=0.0, marketplace=marketplace)
        for event in self._events.get("", ()):
            if isinstance(event, Rate) and event.marketplace == marketplace and event.at <= now:
                rated = event
        return rated

    def asin_of_sku(self, sku: str) -> str | None:
        """The product that one of the own SKUs stands for."""
        return self._asins_of_skus.get(sku)


def _openings(scenario: Scenario) -> dict[str, Listing]:
    offers: dict[str, dict[str, Offer]] = defaultdict(dict)
    for offer in scenario.offers:
        offers[offer.asin][offer.seller] = offer
    return {
        product.asin: Listing(product, product.title, offers[product.asin])
        for product in scenario.products
    }


def _families(scenario: Scenario) -> Mapping[str, set[str]]:
    """The products that ever belong to a family, by its parent."""
    families: defaultdict[str, set[str]] = defaultdict(set)
    for product in scenario.products:
        families[product.parent].add(product.asin)
    for event in scenario.events:
        if isinstance(event, Content) and event.parent:
            families[event.parent].add(event.asin)
    families.pop("", None)
    return families


def _all_offers(scenario: Scenario) -> Iterable[tuple[float, Offer]]:
    """Every offer with the moment from which on there is one."""
    yield from ((0.0, offer) for offer in scenario.offers)
    for event in scenario.events:
        if isinstance(event, Arrive):
            yield event.at, event.offer
