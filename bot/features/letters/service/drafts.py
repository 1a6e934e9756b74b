"""Messages to buyers as their rules see them now: which day it is, and what was written before."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.core.context import AppContext
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.letters.collections import LETTERS
from bot.features.letters.models.buyer_messages import BuyerDraft, Situation
from bot.features.letters.models.letters import Letter, LetterState


async def draft_of(app: AppContext, tx: Transaction, letter: Letter) -> BuyerDraft:
    """Return the letter to a buyer as its rules see it now."""
    draft = BuyerDraft(
        text=letter.text,
        order=letter.order,
        ordered_on=letter.ordered_on or letter.written_at.date(),
        today=await today(app, tx),
        language=letter.language,
        situation=Situation(letter.situation),
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
