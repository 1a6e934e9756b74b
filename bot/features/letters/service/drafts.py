"""Messages to buyers as their rules see them now: which day it is, and what was written before."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.core.context import AppContext
from bot.core.scanning import each, each_found
from bot.core.store import Transaction
from bot.errors import StoreError
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind
from bot.features.letters.collections import LETTERS
from bot.features.letters.models.buyer_messages import BuyerDraft, Remedy, Situation
from bot.features.letters.models.letters import Letter, LetterState

TABLES = 20
"""So many order records are read, the newest ones."""


async def draft_of(app: AppContext, tx: Transaction, letter: Letter) -> BuyerDraft:
    """Return the letter to a buyer as its rules see it now."""
    draft = BuyerDraft(
        text=letter.text,
        order=letter.order,
        ordered_on=letter.ordered_on or letter.written_at.date(),
        today=await today(app, tx),
        language=letter.language,
        english=letter.english,
        situation=Situation(letter.situation),
        first=letter.first,
        remedy=letter.remedy,
    )
    return await as_of_now(app, tx, draft, letter.key)


async def as_of_now(
    app: AppContext, tx: Transaction, draft: BuyerDraft, letter: str = ""
) -> BuyerDraft:
    """Return the draft with what changes while somebody writes; ``letter`` is its own key."""
    earlier = await _earlier(tx, draft, besides=letter)
    return msgspec.structs.replace(draft, today=await today(app, tx), earlier=earlier)


async def today(app: AppContext, tx: Transaction) -> date:
    """Return the day in the team's zone."""
    return (await app.team(tx)).local(app.clock()).date()


async def _earlier(tx: Transaction, draft: BuyerDraft, *, besides: str) -> str:
    """Return the letter that was written about the same order and situation; empty: none was."""
    async for letter in each_found(tx, LETTERS, "order", draft.order):
        same = letter.situation == draft.situation.value and letter.key != besides
        if same and letter.state is not LetterState.DROPPED:
            return letter.label
    return ""


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What came of looking for an order in order records."""

    named: bool = False
    """One of them names it."""
    read: int = 0
    """So many could be read."""
    whole: bool = True
    """There are no more than that."""


async def among_orders(app: AppContext, order: str) -> Search:
    """Look for the order in the newest order records."""
    tables: dict[str, None] = {}
    async for item in each(app.store, EVIDENCE_ITEMS, newest=True):
        if item.kind is EvidenceKind.ORDERS and item.here and item.file:
            tables[item.file.content] = None
            if len(tables) > TABLES:
                break
    read = 0
    for content in list(tables)[:TABLES]:
        try:
            table = await app.evidence.read(content)
        except StoreError:
            continue
        read += 1
        # What is kept of an order report is plain CSV, and an order ID in it is whole.
        if order.encode() in table:
            return Search(named=True, read=read)
    return Search(read=read, whole=len(tables) <= TABLES)


async def order_notice(app: AppContext, order: str) -> str:
    """Warn where order records do not name the order; they may be incomplete, so nothing stops."""
    found = await among_orders(app, order)
    if found.named or not found.read:
        return ""
    records = "order records" if found.whole else f"newest {found.read} order records"
    return (
        f"{order} is not in the {records} of your cases. The records may be incomplete, so make "
        "sure the order is yours."
    )


def refund_notice(remedy: Remedy | None) -> str:
    """Ask for the refund itself: the message says that it was made."""
    if remedy is not Remedy.REFUND:
        return ""
    return "First refund the order in full in Manage Orders: the message says that you did."
