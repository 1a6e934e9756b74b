"""Changing a report's text, noting that it was filed, and what Amazon answered."""

from __future__ import annotations

from bot.core import forms
from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.forms import Choice, Form, Option, Paragraph, Text
from bot.core.languages import LANGUAGES
from bot.features.reports.models.reports import RejectionReason, ReportState

COMPLAINT = 40
QUOTED = 1000


def _edit_form(given: Given) -> Form:
    text = Paragraph(
        name="text",
        label="The report's text",
        hint="Facts only: when, where, which order, what differs, how you know.",
        initial=str(given["text"])[: forms.PARAGRAPH],
    )
    if given["other"] == given["language"]:
        return Form(id="edit-report", title=str(given["title"]), inputs=(text,), submit="Save")
    offered = dict.fromkeys((str(given["language"]), "en", str(given["other"])))
    language = Choice(
        name="language",
        label="Language",
        hint="Another one writes the text anew.",
        options=tuple(Option(code, LANGUAGES.get(code, code)) for code in offered),
        initial=str(given["language"]),
    )
    return Form(id="edit-report", title=str(given["title"]), inputs=(text, language), submit="Save")


EDIT_REPORT = Flow(id="edit-report", version=1, steps=(Step(id="edit", form=_edit_form),))
"""Facts: ``title``, ``text``, ``language``, ``other`` (the marketplace's own)."""


def _filed_form(given: Given) -> Form:
    return Form(
        id="report-filed",
        title="I filed it",
        intro=f"{given['title']}. Amazon shows the complaint ID when the report is sent, and in "
        "Brand Registry's submission history.",
        inputs=(
            Text(
                name="complaint",
                label="Complaint ID",
                hint="May follow later: press the button again.",
                required=False,
                initial=str(given["complaint"]),
                most=COMPLAINT,
            ),
        ),
        submit="Save",
    )


def _filed_check(given: Given) -> Errors:
    complaint = str(given["complaint"])
    if complaint and not complaint.replace("-", "").isalnum():
        return {"complaint": "A complaint ID has letters and digits only."}
    return {}


FILED = Flow(id="filed", version=1, steps=(Step(id="filed", form=_filed_form, check=_filed_check),))
"""Facts: ``title``, ``complaint`` (as far as it is known)."""

_OUTCOMES = (
    (ReportState.REVIEW, "It is under review"),
    (ReportState.ACCEPTED, "Accepted"),
    (ReportState.PARTLY, "Accepted in part"),
    (ReportState.REFUSED, "Not accepted"),
    (ReportState.WANTED, "They want more from us"),
)


def _answer_form(given: Given) -> Form:
    return Form(
        id="report-answer",
        title="Amazon's answer",
        intro=str(given["title"]),
        inputs=(
            Choice(
                name="outcome",
                label="What did Amazon say?",
                options=tuple(Option(state.value, label) for state, label in _OUTCOMES),
            ),
            Paragraph(
                name="words",
                label="In their words, if you like",
                hint="Without anybody's name or address.",
                required=False,
                most=QUOTED,
            ),
        ),
    )


def _after_answer(given: Given) -> str:
    unhappy = (ReportState.REFUSED, ReportState.PARTLY)
    return "reason" if given["outcome"] in unhappy else ""


def _reason_form(_: Given) -> Form:
    return Form(
        id="report-reason",
        title="Amazon's answer",
        inputs=(
            Choice(
                name="refusal",
                label="Which reason did they give?",
                options=tuple(Option(each.value, each.label) for each in RejectionReason),
            ),
        ),
        submit="Save",
    )


ANSWER = Flow(
    id="answer",
    version=1,
    steps=(
        Step(id="answer", form=_answer_form, next=_after_answer),
        Step(id="reason", form=_reason_form),
    ),
)
"""Facts: ``title``."""
