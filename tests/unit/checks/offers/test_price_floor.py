"""The price floor holds for everybody: strangers, trusted sellers and ourselves."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from bot.core.findings import Severity
from bot.core.money import Money
from tests.strategies import OWN, PERIOD, START, TRUSTED
from tests.unit.checks.offers.story import OURS, STRANGER, Story, facts, of, offer, usd

FLOOR = usd("20.00")


def below(seller: str) -> Story:
    story = Story(floor=FLOOR)
    story.read(offer(seller, "19.99"))
    return story


@pytest.mark.parametrize(
    ("seller", "subject", "fingerprint"),
    [
        (STRANGER, f"unknown seller {STRANGER} offers", f"US/{STRANGER}"),
        (TRUSTED, f"trusted seller {TRUSTED} offers", f"US/{TRUSTED}"),
        (OWN, "our own offer on", "US/B0WALNUTBL/price-floor"),
    ],
)
def test_whoever_is_below_the_floor_is_told(seller: str, subject: str, fingerprint: str) -> None:
    (finding,) = of("price-floor", Story(floor=FLOOR).read(offer(seller, "15", shipping="4")))
    words = f"{subject} Walnut Salad Bowl at USD 19.00"
    assert finding.headline == f"Below the floor of USD 20.00: {words}"
    assert finding.severity is Severity.WARNING
    assert finding.fingerprint == fingerprint
    assert facts(finding)["Floor"] == "USD 20.00"


def test_shipping_counts() -> None:
    assert of("price-floor", Story(floor=FLOOR).read(offer(STRANGER, "15", shipping="5"))) == []


def test_without_a_floor_there_is_nothing_to_be_below() -> None:
    assert of("price-floor", Story().read(offer(STRANGER, "0.01"))) == []


def test_two_currencies_are_never_compared() -> None:
    found = Story(floor=FLOOR).read(offer(STRANGER, "1.00", currency="CAD"))
    assert of("price-floor", found) == []


def test_an_offer_in_another_currency_does_not_hide_one_below() -> None:
    found = Story(floor=FLOOR).read(offer(STRANGER, "1", currency="CAD"), offer(STRANGER, "19"))
    assert len(of("price-floor", found)) == 1


def test_the_same_price_is_no_news_and_another_is() -> None:
    story = below(STRANGER)
    (same,) = of("price-floor", story.read(offer(STRANGER, "19.99")))
    assert same.since == START
    (lower,) = of("price-floor", story.read(offer(STRANGER, "18.00")))
    assert lower.mark != same.mark
    assert lower.since == START + 2 * PERIOD


@pytest.mark.parametrize("seller", [STRANGER, TRUSTED, OWN])
def test_a_price_at_the_floor_ends_it_once(seller: str) -> None:
    story = below(seller)
    (finding,) = of("price-floor", story.read(offer(seller, "20.00")), ended=True)
    assert finding.headline.startswith("No longer below the floor:")
    assert of("price-floor", story.read(offer(seller, "20.00")), ended=True) == []


@pytest.mark.parametrize("seller", [STRANGER, TRUSTED])
def test_leaving_ends_it_when_two_readings_agree(seller: str) -> None:
    story = below(seller)
    assert story.read(OURS) == []
    assert len(of("price-floor", story.read(OURS), ended=True)) == 1


def test_a_false_zero_between_two_prices_does_not_lose_the_end() -> None:
    story = below(TRUSTED)
    assert story.false_zero() == []
    assert len(of("price-floor", story.read(offer(TRUSTED, "21")), ended=True)) == 1


def test_one_of_our_two_offers_above_the_floor_does_not_end_it() -> None:
    story = Story(floor=FLOOR)
    story.own = frozenset({OWN, "A9OURSECOND001"})
    second = offer("A9OURSECOND001", "18.00")
    (finding,) = story.read(offer(OWN, "19.00"), second)
    assert finding.mark == "USD 18.00"
    assert of("price-floor", story.read(offer(OWN, "21.00"), second), ended=True) == []


def yen(amount: int) -> Money:
    return Money(Decimal(amount), "JPY")


def test_points_are_taken_off_what_a_buyer_pays() -> None:
    story = Story(floor=yen(1800))
    story.watch = msgspec.structs.replace(story.watch, marketplace="JP")
    less = msgspec.structs.replace(
        offer(STRANGER, "2000", currency="JPY"), shipping=yen(0), points=yen(400)
    )
    found = story.read(less)
    (finding,) = of("price-floor", found)
    assert finding.headline.startswith("Below the floor of JPY 1,800")
    assert finding.headline.endswith("at JPY 1,600")
    assert facts(finding)["Price"] == "JPY 1,600 (2,000 less 400 points) since"
    (seller,) = of("seller", found)
    assert facts(seller)["Price"].startswith("JPY 1,600 (2,000 less 400 points) incl. shipping")
