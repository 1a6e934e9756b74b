"""Changing a report's text."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import forms
from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import Choice, Form, Option, Paragraph
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr, tr_data
from bot.core.languages import LANGUAGES
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.templates import ENGLISH
from bot.core.views.reading_aid import intro_with_aid
from bot.features.reports.models.reports import Report
from bot.features.reports.service.handling import edit_report


class EditReportForm(FlowForm, frozen=True, kw_only=True):
    """The text of a report, its subject."""

    title: str = ""
    other: str = ""
    """The marketplace's own language."""
    text: str = ""
    language: str = ""
    english: str = ""
    """What the template says in English, if the text is in another language."""


def _edit_form(given: EditReportForm) -> Form:
    text = Paragraph(
        name="text",
        label=tr("Report text"),
        hint=tr("Facts only: when, where, which order, what differs, how you know."),
        initial=given.text[: forms.PARAGRAPH],
    )
    intro = intro_with_aid("", given.english)
    if given.other == given.language == ENGLISH:
        return Form(id="edit-report", title=given.title, inputs=(text,), submit=tr("Save"))
    offered = dict.fromkeys((given.language, "en", given.other))
    language = Choice(
        name="language",
        label=tr("Language"),
        hint=tr("Changing the language rewrites the text."),
        options=tuple(Option(code, tr_data(LANGUAGES.get(code, code))) for code in offered),
        initial=given.language,
    )
    return Form(
        id="edit-report",
        title=given.title,
        intro=intro,
        inputs=(text, language),
        submit=tr("Save"),
    )


def report_edited(_: RequestContext, report: Report) -> Sequence[Reply]:
    """Say what came of it."""
    return [Notice(tr("Updated the text of {label}.", label=report.label), Tone.GOOD)]


EDIT_REPORT = Flow(
    id="edit-report",
    version=1,
    form=EditReportForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="edit", form=_edit_form),),
    finish=lambda ctx, form: edit_report(
        ctx.app, ctx.tx, ctx.who, form.subject, form.text, form.language
    ),
    answer=report_edited,
)
