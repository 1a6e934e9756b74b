"""What a report's card offers, by how far the report is: one next step, two more, and a menu."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cards import MENU, Style
from bot.features.reports.models.lint_input import Objection, stop
from bot.features.reports.models.reports import OVER, Report, ReportState
from bot.features.reports.views.report_acts import close_confirm, retract_confirm
from bot.features.reports.views.report_buttons import BUTTONS, folded, report_buttons
from tests.cases import for_each
from tests.unit.features.reports.test_steps import DRAFT, NOW

NEVER_FILED = {ReportState.DRAFT, ReportState.CONFIRMED, ReportState.DISCARDED}
MISSING = stop("evidence", "There is no test buy.", "collect")
BLANK = stop("blank", "Fill in this blank.")
WEAK = Objection(rule="weak", says="It is weak.", stops=False)


def report(
    state: ReportState,
    *,
    complaint: str = "C1",
    gone: bool = False,
    back: bool = False,
) -> Report:
    filed = state not in NEVER_FILED
    return msgspec.structs.replace(
        DRAFT,
        state=state,
        open=state not in OVER,
        filed_at=NOW if filed else None,
        complaint=complaint if filed else "",
        removed_at=NOW if gone or back else None,
        returned_at=NOW + timedelta(days=1) if back else None,
    )


class Row(NamedTuple):
    """A state, what is offered in it, and what of that is asked about first."""

    report: Report
    buttons: str
    menu: str = ""
    asks: str = ""
    objections: tuple[Objection, ...] = ()


TABLE = {
    "a draft without objections": Row(
        report(ReportState.DRAFT), "Confirm, Edit text, Discard", asks="Discard"
    ),
    "a draft that is weak": Row(
        report(ReportState.DRAFT), "Confirm, Edit text, Discard", "", "Discard", (WEAK,)
    ),
    "a draft with a blank": Row(
        report(ReportState.DRAFT), "Edit text, Confirm, Discard", "", "Discard", (BLANK,)
    ),
    "a draft without evidence": Row(
        report(ReportState.DRAFT),
        "Collect evidence, Confirm, Edit text",
        "Discard",
        "Discard",
        (BLANK, MISSING),
    ),
    "confirmed": Row(report(ReportState.CONFIRMED), "I filed it, Edit text, Discard"),
    "filed, without an ID": Row(
        report(ReportState.FILED, complaint=""),
        "Amazon answered, Complaint ID, I retracted it",
        asks="I retracted it",
    ),
    "filed": Row(
        report(ReportState.FILED), "Amazon answered, I retracted it", asks="I retracted it"
    ),
    "Amazon wants more": Row(
        report(ReportState.WANTED), "Amazon answered, I retracted it", asks="I retracted it"
    ),
    "refused": Row(
        report(ReportState.REFUSED),
        "File again, Amazon answered, Close report",
        asks="Close report",
    ),
    "accepted, and still there": Row(
        report(ReportState.ACCEPTED), "Close report, Amazon answered", asks="Close report"
    ),
    "accepted, and gone": Row(
        report(ReportState.ACCEPTED, gone=True), "Close report, Amazon answered"
    ),
    "accepted, gone, and back": Row(
        report(ReportState.ACCEPTED, back=True),
        "File a new report, Close report, Amazon answered",
        asks="Close report",
    ),
    "filed without an ID, gone, and back": Row(
        report(ReportState.FILED, complaint="", back=True),
        "File a new report, Amazon answered, Complaint ID",
        "I retracted it",
        "I retracted it",
    ),
    "closed": Row(report(ReportState.CLOSED), ""),
    "discarded": Row(report(ReportState.DISCARDED), ""),
    "retracted": Row(report(ReportState.RETRACTED), ""),
}


@for_each("state", TABLE)
def test_each_state_has_its_next_step(state: str) -> None:
    row = TABLE[state]
    buttons, menu = folded(report_buttons(row.report, row.objections))
    items = menu.items if menu else ()
    assert ", ".join(each.label for each in buttons) == row.buttons
    assert ", ".join(each.label for each in items) == row.menu
    asks = [each.label for each in (*buttons, *items) if each.confirm]
    assert ", ".join(asks) == row.asks


STATES = st.builds(
    report,
    st.sampled_from(ReportState),
    complaint=st.sampled_from(["", "C1"]),
    gone=st.booleans(),
    back=st.booleans(),
)
OBJECTIONS = st.lists(st.sampled_from([MISSING, BLANK, WEAK]), unique=True)


@given(STATES, OBJECTIONS)
def test_no_card_has_more_than_three_buttons_or_two_that_stand_out(
    shown: Report, objections: list[Objection]
) -> None:
    buttons, menu = folded(report_buttons(shown, objections))
    items = menu.items if menu else ()
    assert len(buttons) <= BUTTONS
    assert len(items) <= MENU
    ids = [each.id for each in (*buttons, *items)]
    assert len(set(ids)) == len(ids)
    if shown.state is ReportState.DRAFT:
        assert buttons[0].style is Style.PRIMARY
    assert bool(ids) == (shown.open or shown.is_back)


@given(STATES)
def test_the_end_of_a_report_is_asked_about_once(shown: Report) -> None:
    """Where a form asks why, or the offer is gone, no other question comes before."""
    retract, close = retract_confirm(shown), close_confirm(shown)
    if shown.state in OVER:
        assert (retract, close) == (None, None)
    elif shown.state is ReportState.CONFIRMED:
        assert retract is None
    else:
        assert retract is not None
    gone = shown.removed_at is not None and shown.returned_at is None
    assert (close is None) == (gone or shown.state in OVER)
