"""Scenario files: what is accepted, and how mistakes are told."""

from pathlib import Path

import pytest

from adapters.simulator import Fault, Operation, ScenarioError, load_scenario, parse_scenario
from adapters.simulator.world import World
from tests.cases import for_each
from tests.scenarios import NEWCOMER, OWN_SELLER, burst, burst_asin
from tests.unit.adapters.simulator.small import OWN, PAN, PRODUCTS, small_scenario

SELLER = f"""
[[seller]]
id = "{OWN}"
name = "Own"
country = "US"
feedback = 1
positive = 100
"""
OFFER = f"""
[[offer]]
asin = "{PAN}"
seller = "{OWN}"
price = "20.00"
"""


@for_each(
    ("more", "complaint"),
    [
        ("[[offer", "Expected"),
        (OFFER + "prise = 1", r"unknown field `prise` - at `\$\.offer\[0\]`"),
        (OFFER.replace("20.00", "0"), "price above 0"),
        (OFFER.replace("20.00", "cheap"), "Invalid decimal"),
        (OFFER.replace(PAN, "PAN"), r"matching regex .* - at `\$\.offer\[0\]\.asin`"),
        (OFFER.replace(PAN, "B0ELSEWHER"), r"offer\[0\] names the unknown product B0ELSEWHER"),
        (OFFER + OFFER, f"the offer for {PAN} of {OWN} is there twice"),
        (SELLER, f"seller {OWN} is there twice"),
        ('[[event]]\nat = 1\nkind = "dance"', "Invalid value 'dance'"),
        (f'[[event]]\nat = -1\nkind = "title"\nasin = "{PAN}"\ntitle = "x"', ">= 0"),
        (
            f'[[event]]\nat = 1\nkind = "leave"\nasin = "{PAN}"\nseller = "A1NOBODYATALL"',
            r"event\[0\] names the unknown seller A1NOBODYATALL",
        ),
        (
            f'[[event]]\nat = 1\nkind = "buy_box"\nasin = "{PAN}"\nsellers = ["A1NOBODYATALL"]',
            r"event\[0\] names the unknown seller A1NOBODYATALL",
        ),
        (
            f'[[event]]\nat = 1\nkind = "price"\nasin = "{PAN}"\nseller = "{OWN}"\nprice = -1',
            "must be above 0",
        ),
        ('[[fault]]\nkind = "slow"\nfrom = 9\nto = 9', r"fault\[0\] ends before it begins"),
        ('[[fault]]\nkind = "mood"', "Invalid enum value 'mood'"),
        ('[[fault]]\nkind = "slow"\nasin = "B0ELSEWHER"', r"fault\[0\] names the unknown product"),
    ],
)
def test_a_mistake_is_told_with_its_place(more: str, complaint: str) -> None:
    with pytest.raises(ScenarioError, match=complaint):
        parse_scenario(PRODUCTS + SELLER + more)


def test_an_sku_belongs_to_the_own_seller_and_to_one_product() -> None:
    other = SELLER.replace(OWN, "A1OTHERSELLER")
    foreign = OFFER.replace(OWN, "A1OTHERSELLER") + 'sku = "X"\n'
    with pytest.raises(ScenarioError, match="only own_seller's SKUs"):
        parse_scenario(PRODUCTS + SELLER + other + foreign)
    twice = OFFER + 'sku = "X"\n' + OFFER.replace(PAN, "B0TESTBOWL") + 'sku = "X"\n'
    with pytest.raises(ScenarioError, match="SKU X stands for two products"):
        parse_scenario(PRODUCTS + SELLER + twice)


def test_a_file_is_named_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("name = 1", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"^broken\.toml: "):
        load_scenario(path)


def test_a_fault_window_is_read() -> None:
    (window,) = small_scenario().faults
    assert (window.start, window.end) == (500, 510)
    assert window.kind is Fault.HTML_503
    assert window.operation is Operation.COMPETITIVE_PRICING


def test_a_burst_has_the_size_that_was_asked_for() -> None:
    world = World(burst(3, 25, first_arrival=10, arrival_gap=5))
    listing = world.listing(burst_asin(2), 19.9)
    assert listing is not None
    assert len(listing.offers) == 25
    assert [winner.seller for winner in listing.winners] == [OWN_SELLER]
    later = world.listing(burst_asin(2), 20)
    assert later is not None
    assert [winner.seller for winner in later.winners] == [NEWCOMER]
    assert world.asin_of_sku("SKU-2") == burst_asin(2)
    assert burst(1, 1).events == ()
