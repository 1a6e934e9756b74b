"""What each flow asks, and what it does not let pass."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot.bootstrap.features import FLOWS
from bot.core.flows.engine import Done, advance, begin
from bot.core.flows.sessions import FlowSession
from bot.core.forms import Answers, Choice
from bot.core.interactions import Ask
from bot.features.cases.models.cases import NEVER_CHOSEN, CloseReason


def run(name: str, facts: Mapping[str, object], *steps: Answers) -> Ask | Done:
    flow = FLOWS[name]
    session = FlowSession(
        id="s",
        flow=name,
        version=flow.version,
        started_at=datetime(2026, 11, 23, tzinfo=UTC),
        started_by="U1",
        facts=dict(facts),
    )
    session, out = begin(flow, session)
    result: Ask | Done = out
    for answers in steps:
        session, result = advance(flow, session, session.step, answers)
    return result


CASE: dict[str, object] = {"case": "C-3", "headline": "Unknown seller", "seller": "A1SELLER00000"}


def test_closing_for_another_reason_wants_a_note() -> None:
    facts = CASE | {"may_authorise": True}
    asked = run("close", facts, {"reason": "other", "note": "no"})
    assert isinstance(asked, Ask)
    assert list(asked.errors) == ["note"]
    done = run("close", facts, {"reason": "other", "note": "It is our own outlet."})
    assert isinstance(done, Done)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (
            CASE | {"may_authorise": False, "solvable": False},
            {CloseReason.AUTHORISED, CloseReason.LAWFUL, CloseReason.SOLVED},
        ),
        (
            CASE | {"seller": "", "may_authorise": True, "solvable": True},
            {CloseReason.AUTHORISED, CloseReason.LAWFUL, CloseReason.GONE, CloseReason.REPORTED},
        ),
        (CASE | {"may_authorise": True, "solvable": True}, set()),
        (CASE | {"may_authorise": True, "solvable": False}, {CloseReason.SOLVED}),
    ],
)
def test_only_fitting_reasons_are_offered(facts: dict[str, object], missing: set[str]) -> None:
    asked = run("close", facts)
    assert isinstance(asked, Ask)
    reason = asked.form.inputs[0]
    assert isinstance(reason, Choice)
    offered = {option.value for option in reason.options}
    assert set(CloseReason) - NEVER_CHOSEN - offered == missing


def test_snoozing_until_a_day_is_a_second_step() -> None:
    facts = {"case": "C-3", "today": "2026-11-23"}
    asked = run("snooze", facts, {"hours": "day"})
    assert isinstance(asked, Ask)
    assert (asked.number, asked.of) == (2, 2)
    for wrong in ("2026-11-23", "2020-01-01", "2027-11-23", "tomorrow"):
        again = run("snooze", facts, {"hours": "day"}, {"day": wrong})
        assert isinstance(again, Ask)
        assert list(again.errors) == ["day"]
    assert isinstance(run("snooze", facts, {"hours": "day"}, {"day": "2026-11-24"}), Done)
    assert isinstance(run("snooze", facts, {"hours": "4"}), Done)


def test_a_pasted_link_presets_the_marketplace() -> None:
    link = "https://www.amazon.de/dp/B0EXAMPLE1?tag=x"
    asked = run("watch", {"home": "US"}, {"product": link})
    assert isinstance(asked, Ask)
    market = asked.form.inputs[0]
    assert isinstance(market, Choice)
    assert market.initial == "DE"


def test_what_is_no_price_and_no_number_is_said_beside_its_input() -> None:
    details: Answers = {"market": "US", "floor": "cheap", "sku": "", "units": "-3"}
    asked = run("watch", {"home": "US"}, {"product": "B0EXAMPLE1"}, details)
    assert isinstance(asked, Ask)
    assert sorted(asked.errors) == ["floor", "units"]
    details = {"market": "US", "floor": "20", "sku": "AF-1", "units": "12"}
    assert isinstance(run("watch", {"home": "US"}, {"product": "B0EXAMPLE1"}, details), Done)
