"""From a look at a product to its case: stored, told once, and never twice."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.casebook import next_number, open_thread, record
from bot.app.collections import CASES
from bot.app.desk import Desk
from bot.domain.cases import Case
from bot.domain.casework import Turn, open_case, settled, take_in, take_in_closed
from bot.domain.findings import Finding
from bot.ports import Transaction

KNOWN_AT_MOST = 1000
"""Cases on one culprit; the newest are looked at."""


async def take_findings(desk: Desk, tx: Transaction, findings: Sequence[Finding]) -> int:
    """Bring the findings of one look into their cases; return how many were news."""
    by_case: dict[str, list[Finding]] = {}
    for finding in findings:
        by_case.setdefault(finding.fingerprint, []).append(finding)
    news = 0
    for fingerprint, several in by_case.items():
        news += await _take(desk, tx, fingerprint, several)
    return news


async def _take(desk: Desk, tx: Transaction, fingerprint: str, findings: list[Finding]) -> int:
    latest = await _latest_case(tx, fingerprint)
    if latest is not None and latest.open:
        turns = _grow(latest, findings)
        if turns:
            await record(desk, tx, turns)
        return len(turns)
    if latest is not None:
        latest = _note_endings(tx, latest, findings)
    raised = [finding for finding in findings if not finding.ended]
    if all(latest is not None and settled(latest, finding) for finding in raised):
        return 0
    first = open_case(await next_number(tx), raised[0], latest.number if latest else None)
    turns = [first, *_grow(first.case, raised[1:])]
    await open_thread(desk, tx, turns)
    return len(turns)


def _grow(case: Case, findings: list[Finding]) -> list[Turn]:
    """Add what is news to an open case, one after the other."""
    turns: list[Turn] = []
    for finding in findings:
        turn = take_in(case, finding)
        if turn is not None:
            case = turn.case
            turns.append(turn)
    return turns


def _note_endings(tx: Transaction, case: Case, findings: list[Finding]) -> Case:
    """Note on a closed case what ended, so that its return is seen as a return."""
    noted = case
    for finding in findings:
        noted = take_in_closed(noted, finding) or noted
    if noted is not case:
        tx.put(CASES, noted)
    return noted


async def _latest_case(tx: Transaction, fingerprint: str) -> Case | None:
    """Return the open case on a culprit, else the one closed last."""
    cases = await tx.find(CASES, "fingerprint", fingerprint, limit=KNOWN_AT_MOST)
    return max(cases, key=lambda case: (case.open, case.number), default=None)
