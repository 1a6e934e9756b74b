"""Closing a case: a reason is always asked, because the next person will want to know."""

from __future__ import annotations

from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.forms import Choice, Form, Option, Paragraph
from bot.features.cases.models.cases import TRUSTING, CloseReason

NOTE_AT_LEAST = 10
"""Characters in which 'another reason' can be said."""


def _reason_form(given: Given) -> Form:
    options = tuple(Option(reason.value, reason.label) for reason in _offered(given))
    return Form(
        id="close-reason",
        title="Close the case",
        intro=f"{given['case']}: {given['headline']}",
        inputs=(
            Choice(name="reason", label="Why can it be closed?", options=options),
            Paragraph(
                name="note",
                label="What should the next person know?",
                hint="Needed for another reason; welcome for the others.",
                required=False,
                most=1000,
            ),
        ),
        submit="Close the case",
    )


def _offered(given: Given) -> tuple[CloseReason, ...]:
    """Leave out what concerns sellers where the case has none, and what the role forbids."""
    reasons = tuple(
        reason
        for reason in CloseReason
        if reason is not CloseReason.SOLVED or given.get("solvable")
    )
    if not given["seller"]:
        about_sellers = TRUSTING | {CloseReason.GONE, CloseReason.REPORTED}
        return tuple(reason for reason in reasons if reason not in about_sellers)
    if not given["may_authorise"]:
        return tuple(reason for reason in reasons if reason not in TRUSTING)
    return reasons


def _reason_check(given: Given) -> Errors:
    if given["reason"] == CloseReason.OTHER and len(given["note"]) < NOTE_AT_LEAST:
        return {"note": "Please say in a few words why it can be closed."}
    return {}


CLOSE = Flow(
    id="close",
    version=1,
    steps=(Step(id="reason", form=_reason_form, check=_reason_check),),
)
"""Facts: ``case``, ``headline``, ``seller`` (or empty), ``may_authorise`` and ``solvable`` (``yes``
or empty: it is about an attack or a checklist's problem)."""
