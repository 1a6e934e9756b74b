"""Cases as the heads of their threads."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.dispatch.messages import Over, WhatToType, WhichAreOver
from bot.core.references import find_numbered
from bot.core.store import Transaction
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import case_key
from bot.features.cases.service.lookup import LETTER
from bot.features.cases.views.title import point


async def which_are_over(_: AppContext, tx: Transaction, query: WhichAreOver) -> tuple[Over, ...]:
    """Answer with the cases that are closed, or in which nothing goes on."""
    found = [await find_numbered(tx, CASES, head, LETTER, case_key) for head in query.heads]
    over = [case for case in found if case is not None and not (case.open and case.going_on)]
    return tuple(Over(case.label, point(case)) for case in over)


async def what_to_type(_: AppContext, tx: Transaction, query: WhatToType) -> str:
    """Answer with the command that shows the case."""
    case = await find_numbered(tx, CASES, query.label, LETTER, case_key)
    return f"/case {case.number}" if case else ""
