"""Finding the case that people name, or in whose thread they write; cases as heads of threads."""

from __future__ import annotations

from bot.core.collections import POSTED, PostedMessage
from bot.core.context import AppContext
from bot.core.dispatch.messages import Over, WhatToType, WhichAreOver
from bot.core.interactions import Place
from bot.core.interface import tr
from bot.core.references import find_numbered
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.cases.collections import CASES, ESCALATIONS
from bot.features.cases.models.cases import Case, case_key
from bot.features.cases.views.title import point

LETTER = "C"
"""What people put before a case's number."""


async def find_case(tx: Transaction, name: str, where: Place) -> Case:
    """Return the case that is named; without a name it is the case in whose thread it happens.

    Raises:
        UserError: there is no such case.
    """
    if name:
        return await require_case(tx, name)
    found = await case_of_thread(tx, where)
    if found is None:
        message = tr("Which case? Add its number, or type the command in the case's thread.")
        raise UserError(message)
    return found


async def require_case(tx: Transaction, name: str) -> Case:
    """Return the case named by a number or key such as ``3``, ``#3``, ``C-3`` or ``00000003``.

    Raises:
        UserError: there is no such case.
    """
    found = await find_numbered(tx, CASES, name, LETTER, case_key)
    if found is None:
        typed = repr(name[:20])
        message = tr("There is no case {typed}. Type /cases all to list all cases.", typed=typed)
        raise UserError(message)
    return found


async def case_of_thread(tx: Transaction, where: Place) -> Case | None:
    """Return the case in whose thread it happens; None elsewhere."""
    if not where.thread:
        return None
    place = PostedMessage.place_of(where.chat, where.channel, where.thread)
    for head in await tx.find(POSTED, "place", place, limit=1):
        return await find_numbered(tx, CASES, head.message, LETTER, case_key)
    return None


async def case_looked_at(tx: Transaction, where: Place, ref: str) -> Case | None:
    """Return the case that the message there asks somebody to look at; None for any other.

    That is the head of its thread, or what the thread hears when nobody acknowledges it. ``ref``
    is the channel and the id by which a chat knows a message that is not in the place's channel.
    """
    channel, _, id = ref.partition(" ") if ref else (where.channel, "", where.thread)
    if not id:
        return None
    place = PostedMessage.place_of(where.chat, channel, id)
    for sent in await tx.find(POSTED, "place", place, limit=1):
        headed = await find_numbered(tx, CASES, sent.message, LETTER, case_key)
        if headed is not None:
            return headed
        known = await tx.get(ESCALATIONS, sent.message.partition("/")[0])
        key = known.named.get(sent.message) if known else None
        return await tx.get(CASES, key) if key else None
    return None


async def which_are_over(_: AppContext, tx: Transaction, query: WhichAreOver) -> tuple[Over, ...]:
    """Answer with the cases that are closed, or in which nothing goes on."""
    found = [await find_numbered(tx, CASES, head, LETTER, case_key) for head in query.heads]
    over = [case for case in found if case is not None and not (case.open and case.going_on)]
    return tuple(Over(case.label, point(case)) for case in over)


async def what_to_type(_: AppContext, tx: Transaction, query: WhatToType) -> str:
    """Answer with the command that shows the case."""
    case = await find_numbered(tx, CASES, query.label, LETTER, case_key)
    return f"/case {case.number}" if case else ""
