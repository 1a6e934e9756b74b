"""Writing a case's step down: case, timeline and what the chat hears, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.app.collections import CASES, COUNTERS, ENTRIES, WAVES, Counter
from bot.app.desk import Desk
from bot.app.scenes import scene_for
from bot.domain.cases import Case, EntryKind
from bot.domain.findings import Severity
from bot.domain.turns import Turn
from bot.domain.waves import Wave, swell
from bot.ports import Transaction
from bot.ui.views.case import case_card, entries_card
from bot.ui.views.scene import Scene
from bot.ui.views.wave import wave_card


async def next_number(tx: Transaction) -> int:
    """Give out the next case number."""
    last = await tx.get(COUNTERS, "cases")
    number = last.value + 1 if last else 1
    tx.put(COUNTERS, Counter("cases", number))
    return number


async def open_thread(desk: Desk, tx: Transaction, turns: Sequence[Turn]) -> None:
    """Open a case: its headline goes to the channel, where the thread will hang."""
    case = turns[-1].case
    wave = swell(await tx.get(WAVES, "now") or Wave(), case.opened_at, case.severity)
    tx.put(WAVES, wave)
    case = msgspec.structs.replace(case, wave=wave.message)
    scene = await scene_for(desk, tx, [case])
    _write(tx, [*turns[:-1], Turn(case, turns[-1].entry)])
    if wave.message:
        await _tell_wave(desk, tx, wave, scene)
    desk.outbox.post(
        tx,
        headline(case),
        case_card(case, scene),
        thread=wave.message,
        ping=_urgent(case) and not wave.message,
        quiet=not _urgent(case),
    )


async def _tell_wave(desk: Desk, tx: Transaction, wave: Wave, scene: Scene) -> None:
    """Gather the case under one message, whose card counts them all."""
    urgent = wave.worst is Severity.CRITICAL
    card = wave_card(wave, scene)
    if wave.begins:
        desk.outbox.post(tx, wave.message, card, ping=urgent, quiet=not urgent)
    else:
        await desk.outbox.edit(tx, wave.message, card, urgent=urgent)


async def record(
    desk: Desk, tx: Transaction, before: Case, turns: Sequence[Turn], *, asked: bool = False
) -> Case:
    """Write steps of a case: its headline changes in place, its thread is told once of all.

    ``asked``: a person waits for it, so the quiet hours hold nothing of it back. What people do
    themselves is never held.
    """
    case = turns[-1].case
    scene = await scene_for(desk, tx, [case])
    _write(tx, turns)
    worse = _urgent(case) and not _urgent(before)
    card = case_card(case, scene)
    await desk.outbox.edit(tx, headline(case), card, thread=case.wave, urgent=worse)
    told = [turn.entry for turn in turns if turn.entry and turn.tell]
    if told:
        by_person = asked or any(entry.who for entry in told)
        desk.outbox.post(
            tx,
            f"{headline(case)}/{told[0].place}",
            entries_card(case, told, scene),
            thread=case.wave or headline(case),
            ping=worse and not case.wave,
            files=tuple(file for entry in told for file in entry.files),
            quiet=not (worse or by_person),
            note=all(entry.who and entry.kind is EntryKind.NOTE for entry in told),
        )
    if before.open and not case.open:
        desk.outbox.close(tx, headline(case), card)
    return case


def headline(case: Case) -> str:
    """Return the name of the message that heads the case's thread."""
    return case.label


def _write(tx: Transaction, turns: Sequence[Turn]) -> None:
    tx.put(CASES, turns[-1].case)
    for turn in turns:
        if turn.entry is not None:
            tx.create(ENTRIES, turn.entry)


def _urgent(case: Case) -> bool:
    """Tell whether it is worth breaking the quiet hours."""
    return case.open and case.severity is Severity.CRITICAL
