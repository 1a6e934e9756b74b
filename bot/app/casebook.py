"""Writing a case's step down: case, timeline and what the chat hears, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.collections import CASES, COUNTERS, ENTRIES, Counter
from bot.app.desk import Desk
from bot.app.scenes import scene_for
from bot.domain.cases import Case
from bot.domain.casework import Turn
from bot.domain.findings import Severity
from bot.ports import Transaction
from bot.ui.views.case import case_card, entries_card


async def next_number(tx: Transaction) -> int:
    """Give out the next case number."""
    last = await tx.get(COUNTERS, "cases")
    number = last.value + 1 if last else 1
    tx.put(COUNTERS, Counter("cases", number))
    return number


async def open_thread(desk: Desk, tx: Transaction, turns: Sequence[Turn]) -> None:
    """Open a case: its headline goes to the channel, where the thread will hang."""
    case = turns[-1].case
    scene = await scene_for(desk, tx, [case])
    _write(tx, turns)
    desk.outbox.post(
        tx,
        headline(case),
        scene.team.channel,
        case_card(case, scene),
        ping=_urgent(case),
        not_before=None if _urgent(case) else scene.team.quiet_until(scene.now),
    )


async def record(desk: Desk, tx: Transaction, turns: Sequence[Turn]) -> Case:
    """Write steps of a case: its headline changes in place, its thread is told once of all."""
    case = turns[-1].case
    scene = await scene_for(desk, tx, [case])
    _write(tx, turns)
    card = case_card(case, scene)
    await desk.outbox.edit(tx, headline(case), scene.team.channel, card, urgent=_urgent(case))
    told = [turn.entry for turn in turns if turn.tell]
    if told:
        desk.outbox.post(
            tx,
            f"{headline(case)}/{told[0].place}",
            scene.team.channel,
            entries_card(case, told, scene),
            thread=headline(case),
        )
    return case


def headline(case: Case) -> str:
    """Return the name of the message that heads the case's thread."""
    return case.label


def _write(tx: Transaction, turns: Sequence[Turn]) -> None:
    tx.put(CASES, turns[-1].case)
    for turn in turns:
        tx.create(ENTRIES, turn.entry)


def _urgent(case: Case) -> bool:
    """Tell whether it is worth breaking the quiet hours."""
    return case.open and case.severity is Severity.CRITICAL
