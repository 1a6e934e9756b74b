"""A world in which something happens all the time: sellers come, undercut, win, leave, return."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import msgspec

from adapters.simulator import Scenario
from adapters.simulator.catalogue import Offer, Seller
from adapters.simulator.scenario import Arrive, BuyBox, Event, Leave, Price
from tests.scenarios import OWN_SELLER, burst, burst_asin

CROWD = 6
"""Strangers on a product, on average, at which no more come before some have left."""
STRANGERS = tuple(f"A7STRANGER{number:04}" for number in range(30))


def busy_scenario(chance: Random, products: int, seconds: int, a_second: int) -> Scenario:
    """A burst with one own offer on each product, and then strangers for so many seconds."""
    quiet = burst(products, 1)
    strangers = (
        Seller(id=seller, name=seller, country="US", feedback=3, positive=67)
        for seller in STRANGERS
    )
    ours = (BuyBox(at=0, asin=burst_asin(k), sellers=(OWN_SELLER,)) for k in range(products))
    moments = (number / a_second for number in range(seconds * a_second))
    there: set[tuple[str, str]] = set()
    story = [_happening(chance, at, products, there) for at in moments]
    return msgspec.structs.replace(
        quiet,
        sellers=(*quiet.sellers, *strangers),
        events=(*ours, *story),
    )


def _happening(chance: Random, at: float, products: int, there: set[tuple[str, str]]) -> Event:
    # Amazon lists 20 offers at most: who is beyond them could be in no case.
    crowded = len(there) > CROWD * products
    if there and (crowded or chance.random() < 0.6):
        asin, seller = chance.choice(sorted(there))
        return _change(chance, at, asin, seller, there)
    asin, seller = burst_asin(chance.randrange(products)), chance.choice(STRANGERS)
    there.add((asin, seller))
    return Arrive(at=at, offer=Offer(asin=asin, seller=seller, price=_price(chance)))


def _change(
    chance: Random, at: float, asin: str, seller: str, there: set[tuple[str, str]]
) -> Event:
    match chance.randrange(6):
        case 0:
            return BuyBox(at=at, asin=asin, sellers=(seller,))
        case 1:
            return BuyBox(at=at, asin=asin, sellers=(OWN_SELLER,))
        case 2 | 3:
            return Price(at=at, asin=asin, seller=seller, price=_price(chance))
        case _:
            there.remove((asin, seller))
            return Leave(at=at, asin=asin, seller=seller)


def _price(chance: Random) -> Decimal:
    return Decimal(chance.randrange(1200, 2600)) / 100
