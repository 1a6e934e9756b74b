"""Every kind of errand: who does it, and who is told if it comes to nothing."""

from __future__ import annotations

from bot.app.capturing import Capturing
from bot.app.casebook import record
from bot.app.collections import CASES, ERRANDS, REPORTS, Errand
from bot.app.deleting import Deleting
from bot.app.desk import Desk
from bot.app.errands import CAPTURE, DELETE, PACKET, STAMP, Errands
from bot.app.packing import Packing
from bot.app.reports import case_of, find_report, show
from bot.app.stamping import Stamping
from bot.app.transact import transact
from bot.domain.cases import EntryKind
from bot.domain.reports import steps
from bot.domain.reports.reports import ReportState
from bot.domain.turns import turn
from bot.ports import Transaction

FAILED = {
    CAPTURE: "The offer's page could not be captured: {} Try it again, or hand in a screenshot.",
    DELETE: "Deleted evidence is still on the disk: {} Look after the data folder.",
    PACKET: "The packet could not be made: {} The report is a draft again: confirm it once more.",
    STAMP: "Not every outside time-stamp could be had: {} The next evidence asks again.",
}


def errands(desk: Desk) -> Errands:
    """Return what does the desk's errands."""

    async def give_up(errand: Errand, why: str) -> None:
        await transact(desk.store, lambda tx: _tell(desk, tx, errand, why))

    runs = {
        CAPTURE: Capturing(desk).run,
        DELETE: Deleting(desk).run,
        PACKET: Packing(desk).run,
        STAMP: Stamping(desk).run,
    }
    return Errands(desk, runs, give_up)


async def _case_of(tx: Transaction, errand: Errand) -> str:
    if errand.kind == PACKET:
        return (await find_report(tx, errand.ref)).case
    return errand.ref.partition("-")[0]


async def _revoke(desk: Desk, tx: Transaction, errand: Errand) -> None:
    """Make the report a draft again, or it would wait for its packet for ever."""
    report = await find_report(tx, errand.ref)
    if report.state is ReportState.CONFIRMED:
        draft = steps.revoke(report)
        tx.put(REPORTS, draft)
        await show(desk, tx, await case_of(tx, draft), draft)


async def _tell(desk: Desk, tx: Transaction, errand: Errand, why: str) -> None:
    tx.delete(ERRANDS, errand.key)
    if errand.kind == PACKET:
        await _revoke(desk, tx, errand)
    case = await tx.get(CASES, await _case_of(tx, errand))
    if case is not None:
        text = FAILED[errand.kind].format(why)
        await record(desk, tx, case, [turn(case, EntryKind.NOTE, text, desk.clock())])
