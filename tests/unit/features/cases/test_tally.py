"""A case's tally: after any sequence of findings it is what counting from the beginning gives."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings import ATTACK, BUY_BOX, SELLER, Fact, Finding, Severity
from bot.core.money import Money
from bot.features.cases.models.cases import ASINS
from bot.features.cases.models.signals import Affected, Lead, Signal
from bot.features.cases.models.tally import Tally
from bot.features.cases.rules.correlation import correlate, open_case
from tests.fakes import START
from tests.tallies import tally_of

THIEF = "A1QX7ZP9KD4W2M"

findings = st.builds(
    Finding,
    signal=st.sampled_from([SELLER, BUY_BOX, ATTACK, "price-floor"]),
    asin=st.sampled_from(["", *(f"B0{number:08d}" for number in range(ASINS + 5))]),
    marketplace=st.just("US"),
    at=st.integers(0, 300).map(lambda minutes: START + timedelta(minutes=minutes)),
    severity=st.sampled_from(Severity),
    headline=st.sampled_from(["One thing", "Another"]),
    seller=st.just(THIEF),
    ended=st.booleans(),
    mark=st.sampled_from(["a", "b"]),
    facts=st.sampled_from([(), (Fact("Price", "USD 1"),)]),
    daily_loss=st.none()
    | st.builds(
        Money, st.decimals(0, 10**6, places=2), st.sampled_from(["USD", "USD", "EUR", "JPY"])
    ),
)


@given(st.lists(findings, min_size=1, max_size=80))
def test_the_tally_is_what_counting_from_the_beginning_gives(several: list[Finding]) -> None:
    first = open_case(1, several[0])
    case, known = first.case, {on.asin: on for on in first.affected}
    order = [several[0].asin]
    for finding in several[1:]:
        on = known.get(finding.asin) or Affected.untouched(case.key, "US", finding.asin)
        transition = correlate(case, on, finding)
        if transition is not None:
            case = transition.case
            order += [each.asin for each in transition.affected if each.asin not in known]
            known |= {each.asin: each for each in transition.affected}
    signals = [signal for on in known.values() for signal in on.signals]
    active = [signal for signal in signals if signal.active]
    assert case.tally == tally_of(known.values())
    assert case.tally.products == len({signal.asin for signal in signals if signal.asin})
    assert case.tally.hit == len({signal.asin for signal in active if signal.asin})
    assert case.going_on == bool(active)
    assert case.severity == max((each.severity for each in active), default=Severity.INFO)
    assert case.asins == tuple(asin for asin in order if asin)[:ASINS]
    costs = [each.daily_loss for each in active if each.daily_loss]
    for currency in {cost.currency for cost in costs}:
        in_all = sum((cost.amount for cost in costs if cost.currency == currency), Decimal())
        assert case.tally.losses[currency] == in_all
    assert (case.daily_loss is None) == (not costs)


@given(st.lists(findings, min_size=1, max_size=40))
def test_products_sort_by_how_bad_they_are(several: list[Finding]) -> None:
    known: dict[str, Affected] = {}
    case = open_case(1, several[0]).case
    for finding in several:
        on = known.get(finding.asin) or Affected.untouched(case.key, "US", finding.asin)
        transition = correlate(case, on, finding)
        if transition is not None:
            case = transition.case
            known |= {each.asin: each for each in transition.affected}
    ranked = sorted(known.values(), key=lambda on: (on.rank, on.key))
    assert [bool(on.active) for on in ranked] == sorted(bool(on.active) for on in ranked)[::-1]
    lead, everything = Lead.of(ranked[:1]), Signal.in_order(ranked)
    if lead is not None:
        worst = max(everything, key=lambda each: (each.severity, each.kind == BUY_BOX))
        assert (lead.severity, lead.kind == BUY_BOX) == (worst.severity, worst.kind == BUY_BOX)


def test_a_tally_survives_being_stored() -> None:
    finding = Finding(
        signal=SELLER,
        asin="B0ALDER001",
        marketplace="US",
        at=START,
        severity=Severity.CRITICAL,
        headline="Somebody",
        daily_loss=Money(Decimal("1.50"), "USD"),
    )
    tally = open_case(1, finding).case.tally
    assert msgspec.json.decode(msgspec.json.encode(tally), type=Tally) == tally
