"""Deciding a point of the quarterly review, or leaving it alone."""

from __future__ import annotations

import msgspec

from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.flows.private import secret
from bot.core.forms import Choice, Date, Form, Option, Text
from bot.core.text import one_line

DECISION = 200
REASON = 200
ME = "me"
"""The owner who is whoever sends the form."""


def _decide_form(given: Given) -> Form:
    owners = msgspec.json.decode(str(given["owners"]), type=list[tuple[str, str]])
    alone = len(owners) == 1
    return Form(
        id="decide",
        title="Decide",
        intro=str(given["title"]),
        inputs=(
            Text(
                name="what",
                label="What will be done?",
                hint="It comes back as a checklist's item when it is due.",
                initial=one_line(str(given["propose"]), DECISION),
                most=DECISION,
            ),
            Choice(
                name="owner",
                label="Who does it?",
                hint="Who looks after something can be chosen, too: type /duties." if alone else "",
                options=tuple(Option(value, label) for value, label in owners),
                initial=ME,
            ),
            Date(name="due", label="Until when?", initial=str(given["due"])),
        ),
        submit="Decide",
    )


def _decide_check(given: Given) -> Errors:
    due = str(given["due"])
    if due < str(given["today"]):
        return {"due": "That day is over."}
    if due > str(given["last"]):
        return {"due": "Choose a day within a year: a review comes every quarter."}
    return secret(given, "what")


DECIDE = Flow(
    id="decide",
    version=1,
    steps=(Step(id="decide", form=_decide_form, check=_decide_check, secret=True),),
)
"""Facts: ``title``, ``propose``, ``owners`` (JSON of value and label), ``due`` (a proposal), and
``today`` and ``last``, between which it must lie."""


def _leave_form(given: Given) -> Form:
    return Form(
        id="leave",
        title="Leave it",
        intro=str(given["title"]),
        inputs=(
            Text(
                name="why",
                label="Why is nothing done about it?",
                hint="It stands in the review, for whoever asks later.",
                most=REASON,
            ),
        ),
        submit="Leave it",
    )


LEAVE = Flow(
    id="leave",
    version=1,
    steps=(
        Step(
            id="leave",
            form=_leave_form,
            check=lambda given: secret(given, "why"),
            secret=True,
        ),
    ),
)
"""Facts: ``title``."""
