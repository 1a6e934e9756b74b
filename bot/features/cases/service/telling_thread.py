"""What a case's thread hears of a step: at once, gathered with others, or later in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from bot.core.cards import Card
from bot.core.context import AppContext
from bot.core.mentions import Mention
from bot.core.store import Transaction
from bot.core.undo.announcing import with_undo
from bot.core.undo.models import Undoable
from bot.core.views.context import ViewContext
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, Entry, EntryKind
from bot.features.cases.rules.correlation import due, gathers
from bot.features.cases.service.affected import worst_of
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.messages import head_of, thread_of, told_in
from bot.features.cases.views.timeline import entries_card, gathered_card


@dataclass(frozen=True)
class ToldStep:
    """What a step comes to, and what the thread should hear of it."""

    case: Case
    told: Sequence[Entry]
    view: ViewContext
    worse: bool
    asked: bool
    undo: Undoable | None = None
    mentions: tuple[Mention, ...] = ()

    @property
    def by_person(self) -> bool:
        """Whether a person did it, or waits for it."""
        return self.asked or any(entry.who for entry in self.told)


def tell_step(app: AppContext, tx: Transaction, step: ToldStep) -> Case:
    """Tell the thread of a step, or hold it back; return the case with what was told of it."""
    case, now = step.case, step.view.now
    if not step.told:
        return case
    if step.by_person:
        card = entries_card(case, step.told, step.view)
        _post(app, tx, step, with_undo(card, step.undo, step.view.team) if step.undo else card)
        return case
    if gathers(case, now) and not (step.worse or step.mentions):
        held = case.held + len(step.told)
        return msgspec.structs.replace(case, held=held, holding=True)
    if case.held and not step.worse:
        card = gathered_card(case, case.held + len(step.told), step.view)
    else:
        card = entries_card(case, step.told, step.view)
    _post(app, tx, step, card)
    if step.worse:
        return msgspec.structs.replace(case, told_at=now)
    return msgspec.structs.replace(case, told_at=now, held=0, holding=False)


def _post(app: AppContext, tx: Transaction, step: ToldStep, card: Card) -> None:
    case = step.case
    app.outbox.post(
        tx,
        told_in(case, step.told[0].place),
        card,
        thread=thread_of(case),
        ping=step.worse and not case.alert_group,
        mentions=step.mentions,
        files=tuple(file for entry in step.told for file in entry.files),
        quiet=not (step.worse or step.by_person),
        note=all(entry.who and entry.kind is EntryKind.NOTE for entry in step.told),
        changes=step.undo is not None,
    )


async def tell_held(app: AppContext, tx: Transaction, key: str) -> None:
    """Tell a case's thread in one line what was held back, if it is time."""
    case = await tx.get(CASES, key)
    if case is None or not case.holding:
        return
    if case.open and not due(case, app.clock()):
        return
    if case.open:
        view = await case_context(app, tx, [case], {case.key: await worst_of(tx, case.key)})
        app.outbox.post(
            tx,
            f"{head_of(case)}/to-{case.entries}",
            gathered_card(case, case.held, view),
            thread=thread_of(case),
            quiet=True,
        )
    told_at = app.clock()
    tx.put(CASES, msgspec.structs.replace(case, held=0, holding=False, told_at=told_at))
