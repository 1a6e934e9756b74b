"""What people do with a case, whoever asks: a button, a typed command, or a form."""

from __future__ import annotations

import msgspec

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.interface import InterfaceLanguage, noted, speak
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.core.undo.announcing import restore_too
from bot.core.undo.models import Undoable
from bot.core.when import moment
from bot.errors import NotAllowed, UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, CloseReason, EntryKind
from bot.features.cases.models.events import CaseBeganAgain, CaseClosed, CaseReopened
from bot.features.cases.models.steps import Transition
from bot.features.cases.rules import transitions
from bot.features.cases.rules.inputs import ClosingInput, SnoozeInput
from bot.features.cases.service.affected import asins_of
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.keeping import record
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.offering import images_of_closing, undo_of
from bot.features.cases.service.resuming import (
    Resumed,
    ended_by_trust,
    goes_on_elsewhere,
    resume_case,
)
from bot.features.cases.service.settling import settle_cases
from bot.features.cases.views.acts import close_act
from bot.features.cases.views.context import CaseContext
from bot.features.watchlist.models.sellers import Trust
from bot.features.watchlist.service.trusting import distrust_on, trust_seller


class ShownCase(msgspec.Struct, frozen=True):
    """A case as it is now, and what its card needs to know besides."""

    case: Case
    view: CaseContext
    undo: Undoable | None = None
    """What was done, where it can be undone."""


async def acknowledge_case(app: AppContext, tx: Transaction, who: Person, case: Case) -> ShownCase:
    """Say that somebody has seen it. Raises UserError."""
    return await _step(app, tx, case, transitions.acknowledge(case, who, app.clock()))


async def snooze_case(
    app: AppContext, tx: Transaction, who: Person, asked: SnoozeInput
) -> ShownCase:
    """Keep quiet about the case until the moment that was chosen. Raises UserError."""
    case = await require_case(tx, asked.case)
    team, now = await app.team(tx), app.clock()
    until = asked.until(now, team)
    with speak(InterfaceLanguage.ENGLISH):
        shown = moment(until, team)
    transition = transitions.snooze(case, who, now, until, shown)
    return await _step(app, tx, case, transition)


async def close_case(
    app: AppContext, tx: Transaction, who: Person, asked: ClosingInput, *, may_trust: bool
) -> ShownCase:
    """Close the case; some reasons say that its seller is trusted from now on.

    It can be undone; where a seller is trusted, with the trust that is announced.

    Raises:
        NotAllowed: the reason trusts the seller, and the person may not.
        UserError: it is closed already.
    """
    if asked.trusts and not may_trust:
        raise NotAllowed
    case = await require_case(tx, asked.case)
    now = app.clock()
    transition = transitions.close(case, who, now, asked.reason, asked.note)
    own, *lost = await images_of_closing(app, tx, case, transition.case)
    undo = None
    if not asked.trusts:
        act = close_act(who, case, asked.reason, (own, *lost))
        undo = undo_of(tx, who, now, transition, act)
    await record(app, tx, case, [transition], undo=undo)
    await app.tell(tx, CaseClosed(case))
    if asked.trusts:
        asins = await asins_of(tx, case)
        lawful = asked.reason is CloseReason.LAWFUL
        authorised, left_alone = ((), asins) if lawful else (asins, ())
        trust = Trust(seller=case.seller, authorised=authorised, left_alone=left_alone)
        announced = await trust_seller(app, tx, who, now, trust)
        await restore_too(tx, announced, lost)
        await settle_cases(app, tx, who, case.seller, asins, now, announced)
    return await show_case(app, tx, case.key, undo)


async def reopen_trusted_case(app: AppContext, tx: Transaction, who: Person, key: str) -> ShownCase:
    """Take up a case again whose seller was trusted, and trust them on its products no longer.

    What the trust ended goes on. Raises UserError, as `reopen_case` does.
    """
    case = await require_case(tx, key)
    if case.open or case.closed_at is None:
        return await reopen_case(app, tx, who, case)
    await require_alone(tx, case)
    now = app.clock()
    await distrust_on(app, tx, who, now, case.seller, await asins_of(tx, case))
    products = await ended_by_trust(tx, case, case.closed_at)
    text = noted("{who} reopened it and no longer trusts the seller.", who=who.name)
    await resume_case(app, tx, case, products, Resumed(who, now, text, closed=True))
    return await show_case(app, tx, case.key)


async def reopen_case(app: AppContext, tx: Transaction, who: Person, case: Case) -> ShownCase:
    """Take up a closed case again.

    Raises:
        UserError: it is open, or another one goes on with the same matter.
    """
    await require_alone(tx, case)
    transition = transitions.reopen(case, who, app.clock())
    await app.tell(tx, CaseBeganAgain(transition.case))
    await app.tell(tx, CaseReopened(transition.case))
    return await _step(app, tx, case, transition)


async def require_alone(tx: Transaction, case: Case) -> None:
    """Refuse to open the case where another goes on with the same matter. Raises UserError."""
    other = await goes_on_elsewhere(tx, case)
    if other is not None:
        message = f"{other.label} about the same issue is already open. Continue there."
        raise UserError(message)


async def show_case(
    app: AppContext, tx: Transaction, key: str, undo: Undoable | None = None
) -> ShownCase:
    """Return the case as it is now. Raises UserError: there is no such case."""
    case = await require_case(tx, key)
    return ShownCase(case, await case_context(app, tx, [case]), undo)


async def _step(app: AppContext, tx: Transaction, case: Case, transition: Transition) -> ShownCase:
    await record(app, tx, case, [transition])
    return await show_case(app, tx, case.key)


async def note_words(app: AppContext, tx: Transaction, case: Case, who: Person, words: str) -> Case:
    """Write down what a person wants the team to know; a closed case takes notes too."""
    return await record(app, tx, case, [transitions.note(case, who, app.clock(), words)])


async def note_fact(app: AppContext, tx: Transaction, case: Case, text: str) -> Case:
    """Write down a sentence by ``noted`` for the team; a closed case takes it too."""
    return await record(app, tx, case, [Transition.of(case, EntryKind.NOTE, text, app.clock())])


async def call_false_alarm(
    app: AppContext, tx: Transaction, who: Person, key: str, note: str
) -> None:
    """Close a case, unless it is closed, because it was none."""
    case = await tx.get(CASES, key)
    if case is not None and case.open:
        asked = ClosingInput(case=key, reason=CloseReason.FALSE_ALARM, note=note)
        await close_case(app, tx, who, asked, may_trust=False)


async def note_failure(app: AppContext, tx: Transaction, case: str, job: Job, text: str) -> None:
    """Note in a case, if it is there, that a job for it came to nothing."""
    known = await tx.get(CASES, case)
    if known is not None:
        step = Transition.of(known, EntryKind.NOTE, text, app.clock())
        await record(app, tx, known, [step], asked=job.asked_by is not None)
