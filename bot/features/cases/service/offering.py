"""Acts on a case that can be undone: their thread tells of them with the button Undo."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.context import AppContext
from bot.core.dispatch.redacting import redact_message
from bot.core.permissions import Person
from bot.core.references import find_numbered
from bot.core.store import Transaction
from bot.core.undo.announcing import let_undo
from bot.core.undo.models import Act, Image, Undoable, UndoOver
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Case, case_key, entry_key
from bot.features.cases.models.events import LostByClosing
from bot.features.cases.models.steps import Transition
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.messages import head_of, thread_of, told_in
from bot.features.cases.views.case import case_card
from bot.features.cases.views.timeline import entries_card


def undo_of(
    tx: Transaction, who: Person, at: datetime, step: Transition, act: Act
) -> Undoable | None:
    """Let a step be undone, in the message in which its thread hears of it."""
    if step.entry is None or not act.images:
        return None
    return let_undo(tx, who, at, act, told_in(step.case, step.entry.place))


def image_of_taking(before: Case, after: Case) -> Image:
    """Return whose the case was, and whose it is."""
    return Image.of(CASES, _owned(before), _owned(after))


async def images_of_closing(
    app: AppContext, tx: Transaction, before: Case, after: Case
) -> tuple[Image, ...]:
    """Return that the case was open, and what others delete when it is closed."""
    own = Image.of(CASES, _opened(before), _opened(after))
    return (own, *(await app.ask(tx, LostByClosing(before)) or ()))


def _bare(case: Case) -> Case:
    """Return the case without what changes, and without any text."""
    return Case(
        number=case.number,
        fingerprint=case.fingerprint,
        marketplace=case.marketplace,
        opened_at=case.opened_at,
    )


def _owned(case: Case) -> Case:
    return msgspec.structs.replace(
        _bare(case),
        assignee=case.assignee,
        assignee_id=case.assignee_id,
        acknowledged_by=case.acknowledged_by,
        acknowledged_at=case.acknowledged_at,
    )


def _opened(case: Case) -> Case:
    return msgspec.structs.replace(
        _bare(case), open=case.open, closed_at=case.closed_at, snoozed_until=case.snoozed_until
    )


async def take_off_undo(app: AppContext, tx: Transaction, event: UndoOver) -> None:
    """Have the thread tell of an act without Undo, which is over."""
    label, _, place = event.act.told.partition("/")
    case = await find_numbered(tx, CASES, label, "C", case_key) if place.isdigit() else None
    entry = await tx.get(ENTRIES, entry_key(case.key, int(place))) if case else None
    if case is None or entry is None:
        return
    view = await case_context(app, tx, [case])
    card = entries_card(case, [entry], view)
    await redact_message(app, tx, event.act.told, card, thread=thread_of(case))
    if not case.open:
        # To change a message opens its thread again.
        app.outbox.close(tx, head_of(case), case_card(case, view))
