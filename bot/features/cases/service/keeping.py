"""Writing a case's step down: case, timeline and what the chat hears, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from bot.core.cards import Card
from bot.core.collections import POSTED, PostedMessage
from bot.core.context import AppContext
from bot.core.findings import Severity
from bot.core.mentions import Mention
from bot.core.store import Transaction
from bot.core.undo.models import Undoable
from bot.core.views.context import ViewContext
from bot.features.cases.collections import ALERT_GROUPS, CASES, ENTRIES
from bot.features.cases.models.alert_groups import AlertGroup, gathered_in
from bot.features.cases.models.cases import Case, Entry
from bot.features.cases.models.signals import Affected, Lead
from bot.features.cases.models.steps import Transition
from bot.features.cases.rules.correlation import crowded
from bot.features.cases.service.affected import keep_products, worst_of
from bot.features.cases.service.calling import called_on_rise, stop_calling
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.gathering import group_of, routed_to, tell_alert_group
from bot.features.cases.service.messages import head_of, thread_of
from bot.features.cases.service.telling_thread import ToldStep, tell_step
from bot.features.cases.views.case import case_card
from bot.features.cases.views.lists import alert_group_card


async def open_thread(app: AppContext, tx: Transaction, transitions: Sequence[Transition]) -> None:
    """Open a case: its headline goes to the channel, where the thread will hang."""
    _keep(tx, transitions)
    case = transitions[-1].case
    worst = await worst_of(tx, case.key)
    routed = await routed_to(app, tx, case)
    name = group_of(routed)
    lately = await tx.get(ALERT_GROUPS, name) or AlertGroup(name=name)
    group = lately.add(case.opened_at, case.severity)
    tx.put(ALERT_GROUPS, group)
    case = msgspec.structs.replace(led(case, worst), alert_group=group.message, told_at=app.clock())
    view = await case_context(app, tx, [case], {case.key: worst})
    card = case_card(case, view)
    tx.put(CASES, msgspec.structs.replace(case, shown=_print(card)))
    if group.message:
        await tell_alert_group(app, tx, group, view, routed)
    # The message of a group calls for the first of its cases.
    so_far = group.worst if group.begins else lately.worst if group.message else None
    app.outbox.post(
        tx,
        head_of(case),
        card,
        thread=group.message,
        mentions=await called_on_rise(app, tx, case.severity, so_far),
        ping=_urgent(case) and not group.message,
        quiet=not _urgent(case),
        routed=routed,
    )


async def record(
    app: AppContext,
    tx: Transaction,
    before: Case,
    transitions: Sequence[Transition],
    *,
    asked: bool = False,
    mentions: Sequence[Mention] = (),
    undo: Undoable | None = None,
) -> Case:
    """Write steps of a case: its headline changes in place, its thread is told once of all.

    A thread that was told a moment ago hears of a case on many products later, in one line.
    ``asked``: a person waits for it, so the quiet hours hold nothing of it back. What people do
    themselves is never held. Who is in ``mentions`` is called by what the thread hears. What
    can be undone is told by a person, with the button for it.
    """
    _keep(tx, transitions)
    told = [transition.entry for transition in transitions if transition.entry and transition.tell]
    case, worst = transitions[-1].case, await worst_of(tx, transitions[-1].case.key)
    view = await case_context(app, tx, [case], {case.key: worst}, [entry.asin for entry in told])
    worse = _urgent(case) and not _urgent(before)
    calls = (*mentions, *await _called_on_change(app, tx, before, case, view))
    step = ToldStep(led(case, worst), told, view, worse, asked, undo, calls)
    card = case_card(step.case, view)
    if step.worse or _print(card) != before.shown or await _unseen(app, tx, case):
        thread = case.alert_group
        await app.outbox.edit(
            tx,
            head_of(case),
            card,
            thread=thread,
            urgent=step.worse,
            routed=await routed_to(app, tx, case),
        )
    case = msgspec.structs.replace(tell_step(app, tx, step), shown=_print(card))
    if case != before:
        tx.put(CASES, case)
    if _looked_after(case) and not _looked_after(before):
        await stop_calling(app, tx, thread_of(case), case.key)
    if not case.open and (before.open or told):
        # A message opens the thread again, so that it has to be folded after each.
        app.outbox.close(tx, head_of(case), card)
    return case


async def _called_on_change(
    app: AppContext, tx: Transaction, before: Case, case: Case, view: ViewContext
) -> tuple[Mention, ...]:
    """Return who is called because the case got worse; those of a group are one alert."""
    if not case.open:
        return ()
    so_far = before.severity if before.open else None
    if case.alert_group and (so_far is None or case.severity > so_far):
        group = await tx.get(ALERT_GROUPS, gathered_in(case.alert_group))
        if group is not None and group.message == case.alert_group:
            so_far = max(group.worst, so_far or group.worst)
            if (worse := group.worsened(case.severity)) != group:
                tx.put(ALERT_GROUPS, worse)
                card = alert_group_card(worse, view)
                await app.outbox.edit(tx, group.message, card, urgent=_urgent(case))
    return await called_on_rise(app, tx, case.severity, so_far)


def _looked_after(case: Case) -> bool:
    return case.acknowledged_by is not None or not case.open


def led(case: Case, worst: Sequence[Affected]) -> Case:
    """Return the case called by the worst that goes on in it; as before where none was read."""
    lead = Lead.of(worst) or case.lead
    return case if lead == case.lead else msgspec.structs.replace(case, lead=lead)


async def _unseen(app: AppContext, tx: Transaction, case: Case) -> bool:
    """Tell whether a chat has not got the headline yet."""
    keys = [PostedMessage.key_of(chat, head_of(case)) for chat in app.outbox.chats]
    return not all([await tx.get(POSTED, key) for key in keys])


def _print(card: Card) -> str:
    """Return what differs for cards that differ."""
    return hashlib.blake2b(msgspec.json.encode(card), digest_size=12).hexdigest()


def _keep(tx: Transaction, transitions: Sequence[Transition]) -> None:
    keep_products(tx, (each for transition in transitions for each in transition.affected))
    for transition in transitions:
        if transition.entry is not None:
            tx.create(ENTRIES, _kept(transition.case, transition.entry))


def _kept(case: Case, entry: Entry) -> Entry:
    """Return what the timeline keeps of an entry; what was found on many products, in short.

    Each product has its facts, and the evidence all of them; without evidence they stay.
    """
    if entry.evidence and entry.signal and crowded(case):
        return msgspec.structs.replace(entry, facts=(), brief="")
    return entry


def _urgent(case: Case) -> bool:
    """Tell whether it is worth breaking the quiet hours."""
    return case.open and case.severity is Severity.CRITICAL
