"""A scenario: the products, sellers and offers of a small world, and what happens in it.

It is written in TOML and decoded strictly: an unknown key, a wrong type or a reference to
something that does not exist is a ScenarioError that says where. Times are seconds of scenario
time, prices are in the currency of the product.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import msgspec

from adapters.simulator.catalogue import (
    Asin,
    Count,
    Family,
    Image,
    Offer,
    OwnSku,
    Product,
    Seconds,
    Seller,
    SellerId,
    Strict,
    Text,
)
from adapters.simulator.faults import FaultWindow


class ScenarioError(ValueError):
    """The scenario cannot be used."""


class _Event(Strict, frozen=True, tag_field="kind"):
    """Something that happens `at` a moment of scenario time."""

    at: Seconds


class Arrive(_Event, frozen=True, tag="arrive"):
    """A seller joins a listing, or replaces the offer that he has there."""

    offer: Offer


class Leave(_Event, frozen=True, tag="leave"):
    """A seller leaves a listing; nothing happens if he is not there."""

    asin: Asin
    seller: SellerId


class Price(_Event, frozen=True, tag="price"):
    """A seller asks another price; `shipping` None leaves the shipping as it is."""

    asin: Asin
    seller: SellerId
    price: Decimal
    shipping: Decimal | None = None


class BuyBox(_Event, frozen=True, tag="buy_box"):
    """The Buy Box goes to `sellers` (empty: to nobody; None: to the lowest landed price)."""

    asin: Asin
    sellers: tuple[SellerId, ...] | None = None


class Hidden(_Event, frozen=True, tag="hidden"):
    """From now on `count` sellers are counted who are never listed."""

    asin: Asin
    count: Count


class Title(_Event, frozen=True, tag="title"):
    """Somebody changes the title of the product."""

    asin: Asin
    title: Text


class Content(_Event, frozen=True, tag="content"):
    """A change to the text or images of a product page; None keeps a part as it is.

    An empty description is none, and an empty parent takes the product out of its family.
    """

    asin: Asin
    title: Text | None = None
    brand: Text | None = None
    bullets: tuple[Text, ...] | None = None
    description: str | None = None
    product_type: Text | None = None
    parent: Family | None = None
    image: Image | None = None
    aplus: tuple[Text, ...] | None = None


class Enforce(_Event, frozen=True, tag="enforce"):
    """Amazon has something against our listing; `action` None: it does nothing about it yet."""

    asin: Asin
    code: Text
    message: Text
    category: Text | None = None
    action: Text | None = None


class Lift(_Event, frozen=True, tag="lift"):
    """Amazon has nothing against our listing any more."""

    asin: Asin


class Close(_Event, frozen=True, tag="close"):
    """Somebody of ours deletes our listing; our offer stays until an event takes it away."""

    asin: Asin


class Rate(_Event, frozen=True, tag="rate"):
    """Amazon rates the own account anew in a marketplace; `bad` are figures below its target.

    `inactive` tells whether all of its listings are set to inactive.
    """

    marketplace: Text
    status: Text = "NORMAL"
    bad: tuple[Text, ...] = ()
    inactive: bool = False


Event = Arrive | Leave | Price | BuyBox | Hidden | Title | Content | Enforce | Lift | Close | Rate


def asin_of(event: Event) -> str:
    """The product that an event happens to; empty where it happens to the own account."""
    if isinstance(event, Rate):
        return ""
    if isinstance(event, Arrive):
        return event.offer.asin
    return event.asin


class Scenario(Strict, frozen=True):
    """A world and its story. Building one checks that everything it refers to exists.

    `own_seller` is the account whose credentials the callers hold.
    """

    name: Text
    own_seller: SellerId
    products: tuple[Product, ...] = msgspec.field(name="product")
    sellers: tuple[Seller, ...] = msgspec.field(name="seller")
    offers: tuple[Offer, ...] = msgspec.field(default=(), name="offer")
    own_skus: tuple[OwnSku, ...] = msgspec.field(default=(), name="own_sku")
    events: tuple[Event, ...] = msgspec.field(default=(), name="event")
    faults: tuple[FaultWindow, ...] = msgspec.field(default=(), name="fault")

    def __post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise ScenarioError("; ".join(problems))


def _problems(scenario: Scenario) -> Iterator[str]:
    asins = Counter(product.asin for product in scenario.products)
    sellers = Counter(seller.id for seller in scenario.sellers)
    pairs = Counter(f"{offer.asin} of {offer.seller}" for offer in scenario.offers)
    for what, names in (("product", asins), ("seller", sellers), ("the offer for", pairs)):
        yield from (f"{what} {name} is there twice" for name in names if names[name] > 1)
    for asin, seller, where in _references(scenario):
        if asin is not None and asin not in asins:
            yield f"{where} names the unknown product {asin}"
        if seller is not None and seller not in sellers:
            yield f"{where} names the unknown seller {seller}"
    for place, fault in enumerate(scenario.faults):
        if fault.end <= fault.start:
            yield f"fault[{place}] ends before it begins"
    yield from _problems_of_offers(scenario)
    yield from _problems_of_prices(scenario.events)


def _references(scenario: Scenario) -> Iterator[tuple[str | None, str | None, str]]:
    """Every product and seller that is referred to, and from where."""
    yield None, scenario.own_seller, "own_seller"
    for place, offer in enumerate(scenario.offers):
        yield offer.asin, offer.seller, f"offer[{place}]"
    for place, event in enumerate(scenario.events):
        where = f"event[{place}]"
        yield asin_of(event) or None, None, where
        match event:
            case Arrive():
                yield None, event.offer.seller, where
            case Leave() | Price():
                yield None, event.seller, where
            case BuyBox():
                yield from ((None, seller, where) for seller in event.sellers or ())
    for place, fault in enumerate(scenario.faults):
        yield fault.asin, fault.seller, f"fault[{place}]"


def _problems_of_offers(scenario: Scenario) -> Iterator[str]:
    arrivals = [event.offer for event in scenario.events if isinstance(event, Arrive)]
    skus: dict[str, str] = {}
    for offer in [*scenario.offers, *arrivals]:
        what = f"the offer for {offer.asin} of {offer.seller}"
        if offer.price <= 0 or offer.shipping < 0:
            yield f"{what} needs a price above 0 and no negative shipping"
        if offer.sku is None:
            continue
        if offer.seller != scenario.own_seller:
            yield f"{what} has a SKU, but only own_seller's SKUs are known"
        if skus.setdefault(offer.sku, offer.asin) != offer.asin:
            yield f"SKU {offer.sku} stands for two products"
    listed = Counter((own.marketplace, own.sku) for own in scenario.own_skus)
    for own in scenario.own_skus:
        if own.sku in skus or listed[own.marketplace, own.sku] > 1:
            yield f"own_sku {own.sku} is there twice"


def _problems_of_prices(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        if isinstance(event, Price) and (event.price <= 0 or (event.shipping or 0) < 0):
            yield f"the price of {event.asin} at {event.at} s must be above 0"


def parse_scenario(toml: str) -> Scenario:
    """The scenario that a TOML text describes.

    Raises ScenarioError with the place of the first mistake.
    """
    try:
        return msgspec.toml.decode(toml, type=Scenario)
    except msgspec.DecodeError as error:
        raise ScenarioError(str(error)) from error


def load_scenario(path: Path) -> Scenario:
    """Read a scenario from a file. Raises ScenarioError (with the file's name) or OSError."""
    try:
        return parse_scenario(path.read_text(encoding="utf-8"))
    except ScenarioError as error:
        raise ScenarioError(f"{path.name}: {error}") from error


def demo_scenario() -> Scenario:
    """The bundled story of the brand Alder & Finch."""
    return load_scenario(Path(__file__).parent / "scenarios" / "demo.toml")
