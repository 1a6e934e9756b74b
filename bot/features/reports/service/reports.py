"""Reports: their place in a case, what they are made of, and the card that shows them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.cards import Card
from bot.core.collections import MEMBERS
from bot.core.context import AppContext
from bot.core.findings import Fact
from bot.core.interface import tr
from bot.core.permissions import Person
from bot.core.references import find_numbered
from bot.core.scanning import each, each_found
from bot.core.store import Transaction
from bot.core.undo.models import Act, Undoable
from bot.core.views.reading_aid import with_aid
from bot.errors import NotAllowed, UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.steps import Transition
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.keeping import record
from bot.features.cases.service.messages import thread_of
from bot.features.cases.service.offering import undo_of
from bot.features.evidence.models.events import EvidenceChanged, OrdersMissing
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report, ReportState, report_key
from bot.features.reports.rules import steps
from bot.features.reports.rules.acceptance import AcceptanceRate, share
from bot.features.reports.rules.lint import lint
from bot.features.reports.service.gathering import english_of, lint_input_of
from bot.features.reports.service.handover import show_handed_over
from bot.features.reports.views.report import report_card


async def find_report(tx: Transaction, text: str) -> Report:
    """Return the report named by a number or key such as ``3``, ``R-3`` or ``000003``.

    Raises:
        UserError: there is no such report.
    """
    found = await find_numbered(tx, REPORTS, text, "R", report_key)
    if found is None:
        typed = repr(text[:20])
        message = tr("There is no report {typed}. Type /reports to see them.", typed=typed)
        raise UserError(message)
    return found


async def keep(
    app: AppContext,
    tx: Transaction,
    report: Report,
    text: str,
    who: Person | None,
    facts: Sequence[Fact] = (),
    *,
    asked: bool = False,
    act: Act | None = None,
) -> Undoable | None:
    """Write a report's step down: the report, the case's timeline, and their cards.

    ``asked``: a person waits for it. Where it is an ``act`` of theirs that can be undone, the
    thread tells of it with the button for that; what is to be pressed is returned.
    """
    before = await tx.get(REPORTS, report.key)
    tx.put(REPORTS, report)
    case = await case_of(tx, report)
    now = app.clock()
    step = Transition.of(case, EntryKind.ACTION, text, now, who=who, facts=tuple(facts))
    undo = undo_of(tx, who, now, step, act) if act and who else None
    case = await record(app, tx, case, [step], asked=asked, undo=undo)
    await show(app, tx, case, report)
    if before and before.state is ReportState.CONFIRMED and report.state is not before.state:
        await show_handed_over(app, tx, case, report)
    return undo


async def show(app: AppContext, tx: Transaction, case: Case, report: Report) -> None:
    """Show the report as it is now, in its case's thread."""
    card = await card_of(app, tx, case, report)
    await app.outbox.edit(tx, report.label, card, thread=thread_of(case))


async def card_of(app: AppContext, tx: Transaction, case: Case, report: Report) -> Card:
    """Return the card of the report as it is now."""
    view = await case_context(app, tx, [case])
    lint_input = await lint_input_of(app, tx, report)
    card = report_card(lint_input, lint(lint_input), await share_of(app), view)
    if report.state is ReportState.DRAFT:
        card = with_aid(card, await english_of(app, tx, report))
    return card


async def refresh_drafts(app: AppContext, tx: Transaction, event: EvidenceChanged) -> None:
    """Show the case's drafts again: there is other evidence now."""
    for report in await reports_of(tx, event.case):
        if report.state is ReportState.DRAFT:
            await show(app, tx, event.case, report)


async def state_no_orders(app: AppContext, tx: Transaction, event: OrdersMissing) -> None:
    """State on the case's drafts why there are no order records."""
    for report in await reports_of(tx, event.case):
        if report.state is ReportState.DRAFT:
            stated = msgspec.structs.replace(report, no_orders=event.why)
            tx.put(REPORTS, stated)
            await show(app, tx, event.case, stated)


async def case_of(tx: Transaction, report: Report) -> Case:
    """Return the case that the report belongs to."""
    case = await tx.get(CASES, report.case)
    if case is None:
        message = tr(
            "The case of {label} no longer exists. Type /cases to see the others.",
            label=report.label,
        )
        raise UserError(message)
    return case


async def reports_of(tx: Transaction, case: Case) -> list[Report]:
    """Return a case's reports, the oldest first."""
    return [report async for report in each_found(tx, REPORTS, "case", case.key)]


async def share_of(app: AppContext) -> AcceptanceRate:
    """Return the accepted share of the last six months, of all claims."""
    known = [report async for report in each(app.store, REPORTS)]
    return share(known, app.clock())


async def two_persons(app: AppContext, tx: Transaction) -> bool:
    """Tell whether nobody may confirm their own report."""
    team = await app.team(tx)
    if team.two_persons is not None:
        return team.two_persons
    return app.identities.count([member.id async for member in each(app.store, MEMBERS)]) > 1


async def require_other_human(app: AppContext, report: Report, who: Person, chat: str) -> None:
    """Refuse who may be its author under another id; ``chat`` is where they act.

    Raises:
        NotAllowed: they may be; it says what to do.
    """
    members = [member async for member in each(app.store, MEMBERS) if member.chat]
    chats = {member.id: member.chat for member in members} | {who.id: chat}
    for author in steps.authors(report):
        if app.identities.of(who.id) == app.identities.of(author.id):
            raise NotAllowed(steps.own_words(report))
        if not app.identities.are_two(who.id, author.id, chats):
            message = tr(
                "You and {name}, who wrote {label}, may be the same person in two chats, so you "
                "can't confirm it. If you are two people, an admin can list both of you in "
                "BRANDWARDEN_SAME.",
                name=author.name,
                label=report.label,
            )
            raise NotAllowed(message)
