"""Writing a case's step down: case, timeline and what the chat hears, in one transaction."""

from __future__ import annotations

from bot.app.collections import CASES, COUNTERS, ENTRIES, Counter
from bot.app.desk import Desk
from bot.app.scenes import scene_for
from bot.domain.cases import Case
from bot.domain.casework import Turn
from bot.domain.findings import Severity
from bot.ports import Transaction
from bot.ui.views.case import case_card, entry_card


async def next_number(tx: Transaction) -> int:
    """Give out the next case number."""
    last = await tx.get(COUNTERS, "cases")
    number = last.value + 1 if last else 1
    tx.put(COUNTERS, Counter("cases", number))
    return number


async def tell_outside(desk: Desk, tx: Transaction, turn: Turn) -> None:
    """Open the case: its headline goes to the channel, where the thread will hang."""
    case = turn.case
    scene = await scene_for(desk, tx, [case])
    _write(tx, turn)
    desk.outbox.post(
        tx,
        headline(case),
        scene.team.channel,
        case_card(case, scene),
        ping=_urgent(case),
        not_before=None if _urgent(case) else scene.team.quiet_until(scene.now),
    )


async def record(desk: Desk, tx: Transaction, turn: Turn) -> Case:
    """Write a step of an open case: its headline changes in place, its thread is told."""
    case = turn.case
    scene = await scene_for(desk, tx, [case])
    _write(tx, turn)
    card = case_card(case, scene)
    await desk.outbox.edit(tx, headline(case), scene.team.channel, card, urgent=_urgent(case))
    if turn.tell:
        desk.outbox.post(
            tx,
            f"{headline(case)}/{turn.entry.place}",
            scene.team.channel,
            entry_card(case, turn.entry, scene),
            thread=headline(case),
        )
    return case


def headline(case: Case) -> str:
    """Return the name of the message that heads the case's thread."""
    return case.label


def _write(tx: Transaction, turn: Turn) -> None:
    tx.put(CASES, turn.case)
    tx.create(ENTRIES, turn.entry)


def _urgent(case: Case) -> bool:
    """Tell whether it is worth breaking the quiet hours."""
    return case.open and case.severity is Severity.CRITICAL
