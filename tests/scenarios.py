"""Scenarios of any size, for tests and for measuring."""

from decimal import Decimal

from adapters.simulator.catalogue import Image, Offer, Product, Seller, Shape
from adapters.simulator.scenario import Arrive, Event, Scenario

US = "ATVPDKIKX0DER"
OWN_SELLER = "A3BURSTOWNER01"
NEWCOMER = "A9BURSTNEWCOME"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def burst(
    products: int, offers: int, *, first_arrival: float = 0.0, arrival_gap: float | None = None
) -> Scenario:
    """A scenario of `products` listings with `offers` offers each, the same every time.

    Product k has the ASIN `burst_asin(k)` and the own SKU `SKU-k`; the first offer is our own and
    holds the Buy Box. With `arrival_gap` a NEWCOMER undercuts everybody on product k at
    `first_arrival + k * arrival_gap` seconds of scenario time.
    """
    sellers = [OWN_SELLER, *(f"A{_base36(number, 13)}" for number in range(1, offers))]
    return Scenario(
        name=f"{products} products with {offers} offers each",
        own_seller=OWN_SELLER,
        products=tuple(_product(number) for number in range(products)),
        sellers=tuple(_seller(seller) for seller in [*sellers, NEWCOMER]),
        offers=tuple(
            _offer(number, place, seller)
            for number in range(products)
            for place, seller in enumerate(sellers[:offers])
        ),
        events=() if arrival_gap is None else _arrivals(products, first_arrival, arrival_gap),
    )


def burst_asin(number: int) -> str:
    """The ASIN of product `number` of a burst."""
    return f"B0{_base36(number, 8)}"


def _product(number: int) -> Product:
    return Product(
        asin=burst_asin(number),
        marketplace=US,
        title=f"Product {number}",
        brand="Burst",
        currency="USD",
        image=Image(shape=Shape.BOWL, colour="#6b8f71"),
        sales_rank=number + 1,
    )


def _seller(seller: str) -> Seller:
    return Seller(id=seller, name=f"Seller {seller}", country="US", feedback=100, positive=97)


def _offer(number: int, place: int, seller: str) -> Offer:
    return Offer(
        asin=burst_asin(number),
        seller=seller,
        price=Decimal(20 + place),
        sku=f"SKU-{number}" if seller == OWN_SELLER else None,
    )


def _arrivals(products: int, first: float, gap: float) -> tuple[Event, ...]:
    return tuple(
        Arrive(
            at=first + number * gap,
            offer=Offer(asin=burst_asin(number), seller=NEWCOMER, price=Decimal(15)),
        )
        for number in range(products)
    )


def _base36(number: int, width: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return text.rjust(width, "0")
