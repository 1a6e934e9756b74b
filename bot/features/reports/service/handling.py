"""What people do with a report: from its confirmation to Amazon's answer and its end."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.context import AppContext
from bot.core.findings import Fact
from bot.core.interface import noted, together, tr
from bot.core.jobs import enqueue
from bot.core.permissions import Person, Role
from bot.core.scheduler import Work
from bot.core.store import Transaction
from bot.core.text import changes, one_line
from bot.core.undo.models import Undoable
from bot.errors import NotAllowed, UserError
from bot.features.reports.models.lint_input import Objection
from bot.features.reports.models.packets import PACKET
from bot.features.reports.models.reports import (
    AMAZONS_WORDS,
    REASON,
    Report,
    answer_told,
    confirmed_told,
    discarded_told,
    text_changed,
)
from bot.features.reports.rules import steps
from bot.features.reports.rules.acceptance import BAR, needs_reason
from bot.features.reports.rules.inputs import AmazonAnswer, Confirmer
from bot.features.reports.rules.lint import lint
from bot.features.reports.service.discarding import image_of
from bot.features.reports.service.gathering import lint_input_of, subject_of
from bot.features.reports.service.reports import (
    find_report,
    keep,
    require_other_human,
    share_of,
    two_persons,
)
from bot.features.reports.texts.writing import report_text
from bot.features.reports.views.report_acts import end_act

OBJECTIONS = 3
SHOWN = 4
"""Lines of an edit's difference that the thread shows."""
CHANGES = 280
"""Characters of such a line."""


async def confirm_report(
    app: AppContext, tx: Transaction, by: Confirmer, ref: str, reason: str = ""
) -> Report:
    """Say that the report may be filed; its packet is made then. ``reason``: why, though weak.

    Raises:
        UserError: there is no such report, it would be rejected, or somebody else has to confirm.
    """
    report = await find_report(tx, ref)
    why = await reason_wanted(app, tx, by, report)
    if why and not reason and by.role < Role.ADMIN:
        raise NotAllowed(why)
    two = await two_persons(app, tx)
    confirmed = steps.confirm(report, by.who, app.clock(), two_persons=two)
    enqueue(app, tx, PACKET, report.key, by.who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))
    facts = [Fact(REASON, reason)] if reason else []
    await keep(app, tx, confirmed, f"{by.who.name} {confirmed_told(report)}", by.who, facts)
    return confirmed


async def reason_wanted(app: AppContext, tx: Transaction, by: Confirmer, report: Report) -> str:
    """Say why a reason is wanted to confirm the report, and what else helps; empty: none is.

    An admin may leave it out.

    Raises:
        UserError: it would be rejected, or somebody else has to confirm.
    """
    objections = await _require_ready(app, tx, by, report)
    overall = await share_of(app)
    if not needs_reason(overall, weak=bool(objections)):
        return ""
    return together(
        tr("{label} is weak.", label=report.label),
        objections[0].says,
        tr(
            "One rejection would leave your acceptance rate ({rate}) below {bar}. Improve the "
            "report, ask an admin to confirm it, or say why it should be filed as it is.",
            rate=overall,
            bar=f"{BAR:.0%}",
        ),
    )


async def _require_ready(
    app: AppContext, tx: Transaction, by: Confirmer, report: Report
) -> Sequence[Objection]:
    """Refuse a report that would be rejected, and its own author; return what weakens it."""
    objections = lint(await lint_input_of(app, tx, report))
    stops = [each.says for each in objections if each.stops]
    if stops:
        unready = tr("{label} is not ready.", label=report.label)
        raise UserError(together(unready, *stops[:OBJECTIONS]))
    if await two_persons(app, tx):
        await require_other_human(app, report, by.who, by.chat)
    return objections


async def edit_report(
    app: AppContext, tx: Transaction, who: Person, ref: str, text: str, language: str = ""
) -> Report:
    """Keep the new text; another language writes it anew.

    Raises:
        UserError: there is no such report, or its text cannot be changed now.
    """
    report = await find_report(tx, ref)
    before = report.text
    if language and language != report.language:
        report = msgspec.structs.replace(report, language=language)
        text = report_text(await subject_of(app, tx, report), language)
    edited = steps.edit(report, who, app.clock(), text)
    facts = [
        Fact("After" if line.startswith("+") else "Before", one_line(line[2:], CHANGES))
        for line in changes(before, text)[:SHOWN]
    ]
    await keep(app, tx, edited, f"{who.name} {text_changed(report)}", who, facts)
    return edited


async def note_filing(
    app: AppContext, tx: Transaction, who: Person, ref: str, complaint: str
) -> Report:
    """Note that it was filed, and under which complaint ID, as far as that is known.

    Raises:
        UserError: there is no such report, or it cannot be filed now.
    """
    report = await find_report(tx, ref)
    filed = steps.file(report, who, app.clock(), complaint)
    await keep(app, tx, filed, _filed(report, who, complaint), who)
    return filed


def _filed(before: Report, who: Person, complaint: str) -> str:
    """Say what was noted of the filing."""
    name, report = who.name, before.label
    if before.filed_at is None and not complaint:
        return noted("{who} filed {report}.", who=name, report=report)
    if not complaint:
        return noted("{who} updated {report}.", who=name, report=report)
    if before.filed_at is None:
        return noted(
            "{who} filed {report}. Complaint ID: {id}.", who=name, report=report, id=complaint
        )
    return noted(
        "{who} updated {report}. Complaint ID: {id}.", who=name, report=report, id=complaint
    )


async def note_answer(
    app: AppContext, tx: Transaction, who: Person, ref: str, said: AmazonAnswer
) -> Report:
    """Note Amazon's word, and what comes next.

    Raises:
        UserError: there is no such report, or it cannot be answered now.
    """
    report = await find_report(tx, ref)
    answered = steps.answer(report, app.clock(), said.state, said.refusal)
    reason = [Fact(REASON, said.refusal.label)] if said.refusal is not None else []
    words = [Fact(AMAZONS_WORDS, said.words)] if said.words else []
    told = f"{answer_told(report)}{said.state.label.lower()} ({who.name})."
    await keep(app, tx, answered, told, who, [*reason, *words])
    return answered


class EndedReport(msgspec.Struct, frozen=True):
    """A report that a person ended, and what undoes that."""

    report: Report
    undo: Undoable | None


async def retract_report(app: AppContext, tx: Transaction, who: Person, ref: str) -> EndedReport:
    """Take a report back, or drop a draft; it can be undone.

    Raises:
        UserError: there is no such report, or it is over.
    """
    report = await find_report(tx, ref)
    retracted = steps.retract(report)
    told = (
        noted("{who} retracted {report}.", who=who.name, report=report.label)
        if report.filed_at
        else f"{who.name} {discarded_told(report)}"
    )
    return await _end(app, tx, who, report, retracted, told)


async def close_report(app: AppContext, tx: Transaction, who: Person, ref: str) -> EndedReport:
    """Be done with a report; it can be undone.

    Raises:
        UserError: there is no such report, or it is over.
    """
    report = await find_report(tx, ref)
    closed = steps.close(report)
    told = noted("{who} closed {report}.", who=who.name, report=report.label)
    return await _end(app, tx, who, report, closed, told)


async def _end(
    app: AppContext, tx: Transaction, who: Person, before: Report, after: Report, told: str
) -> EndedReport:
    act = end_act(who, before, after, image_of(before, after))
    return EndedReport(after, await keep(app, tx, after, told, who, act=act))
