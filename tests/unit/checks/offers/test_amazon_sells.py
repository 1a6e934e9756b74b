"""Amazon itself on our listing: named, no hijack, and advised differently."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.findings import Severity
from tests.strategies import OWN
from tests.unit.checks.offers.story import OURS, STRANGER, Story, facts, of, offer

AMAZON_COM = "ATVPDKIKX0DER"
DOUBTFUL = "AT95IG9ONZD7S"
CHEAPER = offer(AMAZON_COM, "17.50", fba=True)


def test_amazon_with_the_buy_box_is_a_warning_and_no_unknown_seller() -> None:
    found = Story().read(OURS, CHEAPER, holders=(AMAZON_COM,))
    assert [(each.signal, each.severity) for each in found] == [
        ("amazon", Severity.WARNING),
        ("buy-box", Severity.WARNING),
    ]
    sells, lost = found
    assert sells.headline == (
        "Amazon itself (as far as we know) offers Walnut Salad Bowl at USD 17.50, 29% below us "
        "and holds the Buy Box"
    )
    assert lost.headline == (
        "The Buy Box of Walnut Salad Bowl is held by Amazon itself (as far as we know)"
    )
    assert sells.fingerprint == lost.fingerprint == f"US/{AMAZON_COM}"
    told = facts(sells)
    assert told["Seller"].startswith("Amazon itself (as far as we know)")
    assert "2026-11" in told["Seller"]
    assert told["What to do"].startswith("Do not report this.")


def test_amazon_beside_us_is_information() -> None:
    (finding,) = Story().read(OURS, offer(AMAZON_COM, "24.99"))
    assert (finding.signal, finding.severity) == ("amazon", Severity.INFO)


def test_a_deep_cut_of_amazons_is_a_warning() -> None:
    (finding,) = Story().read(OURS, CHEAPER)
    assert finding.severity is Severity.WARNING


def test_amazon_leaves_when_two_readings_agree_and_comes_back() -> None:
    story = Story()
    story.read(OURS, CHEAPER)
    assert story.read(OURS) == []
    (ended,) = story.read(OURS)
    assert (ended.signal, ended.ended, ended.seller) == ("amazon", True, AMAZON_COM)
    assert ended.headline.startswith("Amazon itself (as far as we know) has left Walnut Salad Bowl")
    assert story.read(OURS) == []
    (again,) = story.read(OURS, CHEAPER)
    assert again.signal == "amazon"


@pytest.mark.parametrize("known", ["own", "trusted"])
def test_whom_the_team_knows_is_no_news(known: str) -> None:
    story = Story()
    setattr(story, known, frozenset({AMAZON_COM, OWN}))
    assert of("amazon", story.read(OURS, CHEAPER, holders=(AMAZON_COM,))) == []


def test_an_id_of_amazons_in_another_marketplace_is_a_stranger() -> None:
    (finding,) = Story().read(OURS, offer("A3JWKAKR8XB7XF", "24.00"))
    assert finding.signal == "seller"


def test_a_doubtful_id_is_called_so_and_looked_at_first() -> None:
    story = Story()
    story.watch = msgspec.structs.replace(story.watch, marketplace="IN")
    (finding,) = story.read(OURS, offer(DOUBTFUL, "24.00"))
    assert finding.headline == (
        f"Seller {DOUBTFUL} (perhaps Amazon itself) offers Walnut Salad Bowl at USD 24.00, "
        "3% below us"
    )
    told = facts(finding)
    assert "that disagree" in told["Seller"]
    assert told["What to do"].startswith("Check the seller's page")


def test_amazon_below_the_floor_is_called_by_its_name() -> None:
    story = Story(floor=CHEAPER.price + OURS.price)
    found = of("price-floor", story.read(CHEAPER))
    assert [each.headline for each in found] == [
        "Below the floor of USD 42.49: Amazon itself (as far as we know) offers "
        "Walnut Salad Bowl at USD 17.50"
    ]


def test_strangers_beside_amazon_are_still_found() -> None:
    found = Story().read(OURS, CHEAPER, offer(STRANGER, "24.00"), holders=(AMAZON_COM,))
    assert [each.seller for each in of("seller", found)] == [STRANGER]
    assert facts(of("seller", found)[0])["Buy Box"].startswith("held by Amazon itself")
