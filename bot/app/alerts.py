"""From a look at a product to its case: stored, told once, and never twice."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.casebook import next_number, record, tell_outside
from bot.app.collections import CASES
from bot.app.desk import Desk
from bot.domain.cases import Case
from bot.domain.casework import open_case, settled, take_in, take_in_closed
from bot.domain.findings import Finding
from bot.ports import Transaction

KNOWN_AT_MOST = 1000
"""Cases on one culprit; the newest are looked at."""


async def take_findings(desk: Desk, tx: Transaction, findings: Sequence[Finding]) -> int:
    """Bring the findings of one look into their cases; return how many were news."""
    news = 0
    for finding in findings:
        news += await _take(desk, tx, finding)
    return news


async def _take(desk: Desk, tx: Transaction, finding: Finding) -> bool:
    latest = await latest_case(tx, finding.fingerprint)
    if latest is not None and latest.open:
        turn = take_in(latest, finding)
        if turn is not None:
            await record(desk, tx, turn)
        return turn is not None
    if latest is not None:
        noted = take_in_closed(latest, finding)
        if noted is not None:
            tx.put(CASES, noted)
    if finding.ended or (latest is not None and settled(latest, finding)):
        return False
    number = await next_number(tx)
    turn = open_case(number, finding, latest.number if latest else None)
    await tell_outside(desk, tx, turn)
    return True


async def latest_case(tx: Transaction, fingerprint: str) -> Case | None:
    """Return the open case on a culprit, else the one closed last."""
    cases = await tx.find(CASES, "fingerprint", fingerprint, limit=KNOWN_AT_MOST)
    if not cases:
        return None
    newest = max(cases, key=lambda case: (case.open, case.number))
    return await tx.get(CASES, newest.key)
