"""Matters that people raise, and no reading of a listing: attacks, and problems of checklists."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.context import AppContext
from bot.core.findings import Finding
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.alerts import take_findings


async def report_incident(app: AppContext, tx: Transaction, findings: Sequence[Finding]) -> Case:
    """Bring findings about one matter into its case, which is opened if there is none.

    Raises:
        UserError: the case was closed with a reason that settles it.
    """
    await take_findings(app, tx, findings)
    same = each_found(tx, CASES, "fingerprint", findings[0].fingerprint)
    known = [case async for case in same]
    current = next((case for case in reversed(known) if case.open), None)
    if current is None:
        message = f"{known[-1].label} was already closed for this. Reopen it to continue."
        raise UserError(message)
    return current
