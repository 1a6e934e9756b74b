"""What holds for all rules together, whatever the readings are."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import checks.offers
from bot.core.cards import BODY, FIELD_LABEL, FIELD_VALUE, FIELDS
from bot.core.findings import Finding
from bot.core.listing import Snapshot
from checks.offers import RULES
from tests.strategies import OWN, TRUSTED, examples, readings
from tests.unit.checks.offers.story import OURS, STRANGER, Story, offer, usd

ACCUSING = re.compile(r"counterfeit|fake|illegal|hijack|steal|fraud", re.IGNORECASE)

told = st.builds(Story, floor=st.none() | st.just(usd("20")), daily_units=st.none() | st.just(12))


def tell(story: Story, snapshots: list[Snapshot]) -> list[Finding]:
    return [finding for snapshot in snapshots for finding in story.evaluate(snapshot)]


@examples(60)
@given(told, readings())
def test_whatever_is_read_the_rules_do_not_raise_and_what_they_find_is_sound(
    story: Story, snapshots: list[Snapshot]
) -> None:
    absences: dict[str, int] = {}
    for snapshot in snapshots:
        found = story.evaluate(snapshot)
        _texts_fit_a_card_and_accuse_nobody(found)
        _ours_and_trusted_sellers_are_told_for_the_price_floor_alone(found)
        _nobody_is_gone_before_two_full_readings_without_them(found, snapshot, absences)
        _one_reading_never_raises_the_same_signal_twice(found)


def _texts_fit_a_card_and_accuse_nobody(found: list[Finding]) -> None:
    for finding in found:
        assert 0 < len(finding.headline) < BODY
        assert "\n" not in finding.headline
        assert not ACCUSING.search(finding.headline)
        assert len(finding.facts) <= FIELDS
        for fact in finding.facts:
            assert 0 < len(fact.label) <= FIELD_LABEL
            assert 0 < len(fact.value) <= FIELD_VALUE
            assert not ACCUSING.search(fact.value)


def _ours_and_trusted_sellers_are_told_for_the_price_floor_alone(found: list[Finding]) -> None:
    for finding in found:
        assert finding.seller != OWN
        assert finding.seller != TRUSTED or finding.signal == "price-floor"


def _nobody_is_gone_before_two_full_readings_without_them(
    found: list[Finding], snapshot: Snapshot, absences: dict[str, int]
) -> None:
    here = {one.seller for one in snapshot.offers}
    for seller in {*absences, *here}:
        missed = absences.get(seller, 0) + snapshot.complete
        absences[seller] = 0 if seller in here else missed
    for finding in found:
        if finding.signal == "seller" and finding.ended:
            assert absences[finding.seller] >= 2


def _one_reading_never_raises_the_same_signal_twice(found: list[Finding]) -> None:
    keys = [(finding.fingerprint, finding.signal, finding.asin) for finding in found]
    assert len(keys) == len(set(keys))


@examples(30)
@given(readings(most=3))
def test_the_order_of_offers_does_not_matter(snapshots: list[Snapshot]) -> None:
    turned = [
        Snapshot(
            asin=one.asin,
            marketplace=one.marketplace,
            at=one.at,
            offers=one.offers[::-1],
            total=one.total,
            holders=one.holders and one.holders[::-1],
        )
        for one in snapshots
    ]
    marks = [(one.fingerprint, one.signal, one.mark) for one in tell(Story(), snapshots)]
    assert marks == [(one.fingerprint, one.signal, one.mark) for one in tell(Story(), turned)]


def test_an_empty_first_reading_yields_nothing() -> None:
    assert Story(floor=usd("20")).false_zero() == []


def test_our_own_offer_missing_while_others_sell_is_one_matter() -> None:
    story = Story()
    story.read(OURS, offer(TRUSTED), holders=(TRUSTED,))
    found = [story.read(offer(TRUSTED), holders=(TRUSTED,)) for _ in range(3)]
    assert [[each.signal for each in several] for several in found] == [
        [],
        ["own-offer"],
        ["own-offer"],
    ]


def test_without_sellers_of_our_own_everything_still_works() -> None:
    story = Story(floor=usd("20"), daily_units=3)
    story.own = frozenset()
    found = story.read(offer(STRANGER), holders=(STRANGER,))
    assert {finding.signal for finding in found} == {"seller", "price-floor"}


def test_a_rule_is_one_file_with_one_public_function_of_its_name() -> None:
    for rule in RULES:
        module = inspect.getmodule(rule)
        assert module is not None
        assert module.__name__ == f"checks.offers.{rule.__name__}"
        test = f"test_{rule.__name__}.py"
        assert Path(__file__).with_name(test).is_file(), f"write {test}"


def test_no_rule_is_forgotten() -> None:
    folder = Path(inspect.getfile(checks.offers)).parent
    helpers = {"__init__", "facts", "sellers"}
    assert {path.stem for path in folder.glob("*.py")} - helpers == {
        rule.__name__ for rule in RULES
    }
