"""Writing down what the team knows of a seller."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.identifiers import parse_seller
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.features.cases.collections import SELLER_NOTES
from bot.features.cases.models.seller_notes import SellerNote
from bot.features.cases.rules.seller_notes import SellerNoteInput


async def write_note(
    app: AppContext, tx: Transaction, who: Person, seller: str, asked: SellerNoteInput
) -> SellerNote:
    """Write it in place of what was written before; without any word, nothing is kept.

    Raises:
        UserError: that is no seller's ID, or no price.
    """
    note = SellerNote(
        seller=parse_seller(seller),
        nickname=asked.nickname,
        agreed=asked.agreed,
        note=asked.note,
        by=who,
        at=app.clock(),
    )
    if note.words or note.agreed:
        tx.put(SELLER_NOTES, note)
    else:
        tx.delete(SELLER_NOTES, note.seller)
    return note
