"""Filing a report: a few questions that lead to the right door, and a look before a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.forms import Form
from bot.core.interactions import Notice, Reply
from bot.core.interface import together, tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.reports.flows import report_questions as questions
from bot.features.reports.flows.report_form import ReportForm
from bot.features.reports.service.drafting import Routed, draft_report

Asking = Callable[[ReportForm], bool]

_ASKED: tuple[tuple[str, Callable[[ReportForm], Form], Asking], ...] = (
    ("matter", questions.matter_form, lambda _: True),
    ("detail", questions.detail_form, lambda given: len(given.details) > 1),
    ("products", questions.products_form, lambda given: len(given.products) > 1),
    ("origin", questions.origin_form, lambda given: given.origin_matters),
    ("tried", questions.tried_form, lambda given: given.first_seen in questions.TRIED),
    ("instead", questions.instead_form, lambda given: bool(given.others)),
    ("right", questions.right_form, lambda given: given.files and len(given.fitting_rights) > 1),
    ("knows", questions.knows_form, lambda given: given.files and given.may_be_another),
    ("draft", questions.draft_form, lambda given: given.files),
)
"""The steps in their order, their forms, and when each is asked."""


def _after(place: int) -> Callable[[ReportForm], str]:
    """Return what names the step that follows the one at that place: the next that is asked."""
    later = _ASKED[place + 1 :]
    return lambda given: next((name for name, _, asked in later if asked(given)), "")


def report_routed(_: RequestContext, routed: Routed) -> Sequence[Reply]:
    """Say what came of it."""
    report, case, found = routed.report, routed.case, routed.route
    if report is not None:
        drafted = tr(
            "Drafted {label}. See it in the thread of {case}.", label=report.label, case=case.label
        )
        return [Notice(drafted, Tone.GOOD)]
    if found.claim is not None:
        return [Notice(tr("No report was drafted. To start over, press 'File a report'."))]
    return [Notice(together(questions.advised(found), tr("See the thread.")))]


REPORT = Flow(
    id="report",
    version=3,
    form=ReportForm,
    permission=Permission.WORK_CASES,
    steps=tuple(
        Step(id=name, form=form, next=_after(place)) for place, (name, form, _) in enumerate(_ASKED)
    ),
    finish=lambda ctx, form: draft_report(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=report_routed,
)
