"""What a case's card offers, by how far the case is: one next step, two more, and a menu."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cards import MENU, Button, Style
from bot.core.findings import (
    ACCOUNT_HEALTH,
    ATTACK,
    BUY_BOX,
    HIDDEN_SELLERS,
    PRICE_FLOOR,
    PROBLEM,
    SELLER,
    SUPPRESSED,
    USED,
    Severity,
)
from bot.core.links import Links
from bot.core.permissions import Person
from bot.core.team import Team
from bot.features.cases.models.cases import Case, CloseReason
from bot.features.cases.models.events import CaseReport, EvidenceNeed
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.next_steps import BUTTONS, case_buttons, case_menu
from bot.features.cases.views.outlook import outlook
from tests.cases import for_each

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
BEN = Person("ben", "Ben")
ASIN = "B0ALDER001"
KINDS = (SELLER, BUY_BOX, SUPPRESSED, "page-title", ATTACK, PROBLEM, USED, ACCOUNT_HEALTH)
ANSWER = Button(label="Amazon answered", action="report-answer", ref="000003")
FILED = CaseReport(label="R-3", said="Filed", step=ANSWER)
ACCEPTED = CaseReport(label="R-3", said="Accepted, removed after 3 d")
DRAFT = CaseReport(label="R-3", said="Draft", todo="Confirm it.")


def case(
    *kinds: str,
    seen: bool = False,
    over: bool = False,
    closed: bool = False,
    snoozed: bool = False,
    seller: str = "A1THIEF0000001",
) -> tuple[Case, tuple[Affected, ...]]:
    made = Case(
        number=1,
        fingerprint="one",
        marketplace="US",
        seller=seller,
        opened_at=NOW,
        acknowledged_by=BEN if seen else None,
        snoozed_until=NOW + timedelta(days=1) if snoozed else None,
        open=not closed,
        reason=CloseReason.GONE if closed else None,
    )
    on = Affected(case=made.key, asin=ASIN, product=f"US-{ASIN}")
    for kind in kinds:
        signal = Signal(
            kind=kind,
            asin=ASIN,
            headline="It",
            severity=Severity.CRITICAL,
            since=NOW,
            ended_at=NOW if over else None,
        )
        made, on = made.with_signal(on, signal)
    return made, (on,)


def view(
    known: tuple[Case, tuple[Affected, ...]],
    report: CaseReport | None = None,
    *,
    evidence: bool | None = None,
    source: str = "",
) -> CaseContext:
    made, affected = known
    needs: tuple[EvidenceNeed, ...] = ()
    if evidence is not None:
        needs = (EvidenceNeed(name="buy", label="Test buy", why="", has=int(evidence)),)
    return CaseContext(
        now=NOW,
        team=Team(),
        links=Links(),
        affected={made.key: affected},
        needs={made.key: needs},
        reports={made.key: report} if report else {},
        facts_source=source,
    )


class Row(NamedTuple):
    """A state, and what is offered in it."""

    known: tuple[Case, tuple[Affected, ...]]
    buttons: str
    menu: str
    report: CaseReport | None = None
    evidence: bool | None = False
    source: str = ""


REST = "Assign, Authorize seller, Snooze, Close, Add a note"
TABLE = {
    "new": Row(case(SELLER), "Acknowledge, Collect evidence, File a report", REST),
    "seen, without evidence": Row(
        case(SELLER, seen=True),
        "Collect evidence, File a report, Assign",
        "Authorize seller, Snooze, Close, Add a note, Log as attack",
    ),
    "seen, with all evidence": Row(
        case(SELLER, seen=True),
        "File a report, Collect evidence, Assign",
        "Authorize seller, Snooze, Close, Add a note, Log as attack",
        evidence=True,
    ),
    "a draft waits in the thread": Row(
        case(SELLER, seen=True),
        "Collect evidence, Assign, Snooze",
        "Authorize seller, Close, Add a note, File another report, Log as attack",
        DRAFT,
    ),
    "filed": Row(
        case(SELLER, seen=True),
        "Amazon answered, Collect evidence, Assign",
        "Snooze, Authorize seller, Close, Add a note, File another report",
        FILED,
    ),
    "filed, and come back before anybody saw it": Row(
        case(SELLER),
        "Acknowledge, Collect evidence, Assign",
        "Snooze, Authorize seller, Close, Add a note, File another report",
        FILED,
    ),
    "over": Row(
        case(SELLER, seen=True, over=True),
        "Close, Collect evidence, File a report",
        "Assign, Snooze, Add a note, Log as attack",
    ),
    "over, and the report waits for Amazon": Row(
        case(SELLER, seen=True, over=True),
        "Amazon answered, Close, Collect evidence",
        "Assign, Snooze, Add a note, File another report, Log as attack",
        FILED,
    ),
    "closed": Row(case(SELLER, closed=True), "Reopen, Add a note", ""),
    "a changed page": Row(
        case("page-title", seller=""),
        "Not us, It was us, Acknowledge",
        "Collect evidence, File a report, Assign, Snooze, Close",
    ),
    "a changed page that Amazon hides": Row(
        case(SUPPRESSED, "page-title", seller=""),
        "Not us, It was us, Acknowledge",
        "Start playbook, Collect evidence, File a report, Assign, Close",
    ),
    "suppressed": Row(
        case(SUPPRESSED, seller=""),
        "Acknowledge, Start playbook, Collect evidence",
        "Assign, Snooze, Close, Add a note, Log as attack",
    ),
    "below the price floor": Row(
        case(PRICE_FLOOR, seen=True),
        "Collect evidence, File a report, Assign",
        "Snooze, Close, Add a note, Price history, Log as attack",
    ),
    "an attack": Row(
        case(ATTACK, seen=True),
        "Collect evidence, File a report, Assign",
        "Ask Amazon's support, Snooze, Close, Add a note",
    ),
    "sellers whom Amazon hides": Row(
        case(HIDDEN_SELLERS, seen=True, seller=""),
        "List all sellers, Collect evidence, File a report",
        "Assign, Snooze, Close, Add a note, Log as attack",
        source="Keepa",
    ),
    "Amazon itself": Row(
        case(SELLER, seen=True, seller="ATVPDKIKX0DER"),
        "Collect evidence, Assign, Authorize seller",
        "Snooze, Close, Add a note",
    ),
}


@for_each("state", TABLE)
def test_each_state_has_its_next_step(state: str) -> None:
    row = TABLE[state]
    shown = view(row.known, row.report, evidence=row.evidence, source=row.source)
    buttons, menu = case_buttons(row.known[0], shown), case_menu(row.known[0], shown)
    assert ", ".join(each.label for each in buttons) == row.buttons
    assert ", ".join(each.label for each in (menu.items if menu else ())) == row.menu


@pytest.mark.parametrize("evidence", [None, False, True])
def test_what_is_said_to_come_next_is_what_the_first_button_does(evidence: bool | None) -> None:
    known = case(SELLER, seen=True)
    shown = view(known, evidence=evidence)
    assert outlook(known[0], shown).startswith(case_buttons(known[0], shown)[0].label)


@pytest.mark.parametrize("report", [DRAFT, FILED, ACCEPTED])
def test_trust_is_no_button_beside_a_report_that_runs(report: CaseReport) -> None:
    known = case(SELLER, seen=True)
    shown = view(known, report)
    assert report.open
    assert "authorise" not in {each.action for each in case_buttons(known[0], shown)}


def test_the_next_step_stands_out_and_nothing_does_while_nobody_waits() -> None:
    open_, snoozed = case(SELLER), case(SELLER, snoozed=True)
    styles = [each.style for each in case_buttons(open_[0], view(open_))]
    assert styles == [Style.PRIMARY, Style.PLAIN, Style.PLAIN]
    assert {each.style for each in case_buttons(snoozed[0], view(snoozed))} == {Style.PLAIN}


STATES = st.builds(
    case,
    st.sampled_from(KINDS),
    st.sampled_from(KINDS),
    seen=st.booleans(),
    over=st.booleans(),
    closed=st.booleans(),
    snoozed=st.booleans(),
    seller=st.sampled_from(["", "A1THIEF0000001"]),
)


@given(known=STATES, report=st.sampled_from([None, DRAFT, FILED, ACCEPTED]), met=st.booleans())
def test_no_card_has_more_than_three_buttons_or_offers_anything_twice(
    known: tuple[Case, tuple[Affected, ...]], report: CaseReport | None, met: bool
) -> None:
    shown = view(known, report, evidence=met)
    buttons, menu = case_buttons(known[0], shown), case_menu(known[0], shown)
    items = menu.items if menu else ()
    assert 1 <= len(buttons) <= BUTTONS
    assert len(items) <= MENU
    ids = [each.id for each in (*buttons, *items)]
    assert len(set(ids)) == len(ids)
    closing = {"close"} if known[0].open else {"reopen"}
    assert closing <= {each.action for each in (*buttons, *items)}


@pytest.mark.parametrize("seen", [False, True])
def test_what_can_be_done_is_never_far(seen: bool) -> None:
    """A thief's case always leads to evidence, a report, trust, quiet and its end."""
    known = case(SELLER, seen=seen)
    shown = view(known, evidence=False)
    menu = case_menu(known[0], shown)
    offered = {each.action for each in case_buttons(known[0], shown)}
    offered |= {each.action for each in menu.items} if menu else set()
    assert {"collect", "report", "authorise", "snooze", "close", "add-note"} <= offered


def test_the_style_of_a_step_is_the_cards_own() -> None:
    """What a report offers stands out only if it is the next step."""
    known = case("page-title", seen=True, over=False, seller="")
    loud = msgspec.structs.replace(FILED, step=msgspec.structs.replace(ANSWER, style=Style.PRIMARY))
    primary = [
        each for each in case_buttons(known[0], view(known, loud)) if each.style is Style.PRIMARY
    ]
    assert len(primary) == 1
