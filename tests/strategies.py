"""What properties are tried on: identifiers, money and readings, shared by all test folders."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from bot.core.listing import LISTED_AT_MOST, Offer, Snapshot
from bot.core.marketplaces import MARKETPLACES
from bot.core.money import LARGEST, WITHOUT_CENTS, Money

USUAL = 50
"""How many examples a property is tried on in .ci/run."""
QUICK = USUAL // 2
"""How many it is tried on by default; HYPOTHESIS_PROFILE=thorough asks for more."""

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""The moment of every first reading."""

PERIOD = timedelta(minutes=10)

OWN = "A1OURSHOP00001"
TRUSTED = "A2TRUSTED00002"
STRANGERS = ("A3STRANGER0003", "A4STRANGER0004", "A5STRANGER0005")
ODD = ("", "A\n\u202e@everyone <!channel>", "A" * 90)
"""What a broken answer may give in a seller's place."""


def examples(count: int) -> settings:
    """Try so many where others are tried on the usual number, and in proportion elsewhere."""
    return settings(max_examples=max(1, count * settings().max_examples // USUAL))


asins = st.text(string.ascii_uppercase + string.digits, min_size=9, max_size=9).map("B{}".format)


def _isbn(digits: str) -> str:
    rest = sum((10 - place) * int(digit) for place, digit in enumerate(digits)) % 11
    return digits + "0123456789X"[-rest % 11]


isbns = st.text(string.digits, min_size=9, max_size=9).map(_isbn)
products = asins | isbns
marketplaces = st.sampled_from(MARKETPLACES)
sellers = st.sampled_from((OWN, TRUSTED, *STRANGERS, *ODD))


def money(currencies: tuple[str, ...] = ("USD",)) -> st.SearchStrategy[Money]:
    """Draw an amount that an offer may have: in whole yen, in cents of other currencies."""
    cents = st.integers(1500, 2500) | st.integers(0, 100 * int(LARGEST) - 1)
    return st.builds(_amount, cents, st.sampled_from(currencies))


def _amount(cents: int, currency: str) -> Money:
    whole = currency in WITHOUT_CENTS
    return Money(Decimal(cents // 100) if whole else Decimal(cents) / 100, currency)


_currencies = ("USD", "USD", "USD", "CAD")

offers = st.builds(
    Offer,
    seller=sellers,
    price=money(_currencies),
    shipping=money(_currencies),
    points=st.none() | money(_currencies),
    fba=st.none() | st.booleans(),
    feedback_count=st.none() | st.integers(0, 10**6),
    positive_percent=st.none() | st.integers(0, 100),
    ships_from=st.sampled_from(("", "DE", "Shen\nzhen " * 9)),
)


@st.composite
def snapshots(draw: st.DrawFn, number: int = 0) -> Snapshot:
    """Draw the reading of that number: full or not, empty or contradicting itself."""
    some = draw(st.lists(offers, max_size=4))
    listed = (some * LISTED_AT_MOST)[:LISTED_AT_MOST] if draw(st.booleans()) else some
    return Snapshot(
        asin="B0WALNUTBL",
        marketplace="US",
        at=START + number * PERIOD,
        offers=tuple(listed),
        total=len(listed) + draw(st.sampled_from((0, 0, 0, 1, 4266))),
        holders=draw(st.none() | st.lists(sellers, max_size=2).map(tuple)),
        buy_box_price=draw(st.none() | money()),
    )


@st.composite
def readings(draw: st.DrawFn, most: int = 6) -> list[Snapshot]:
    """Draw some readings of one product, one after the other."""
    count = draw(st.integers(1, most))
    return [draw(snapshots(number)) for number in range(count)]
