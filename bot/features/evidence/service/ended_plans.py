"""Plans that ended with their case: they come back if closing it is undone."""

from __future__ import annotations

import msgspec

from bot.core.collections import UNDOABLES
from bot.core.context import AppContext
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.undo.models import Image, Undone
from bot.features.cases.models.events import LostByClosing, WordsRemoved
from bot.features.cases.service.lookup import require_case
from bot.features.evidence.collections import PLANNED_BUYS
from bot.features.evidence.service.planning import plan_of, show_plan


async def lost_by_closing(
    _: AppContext, tx: Transaction, query: LostByClosing
) -> tuple[Image, ...]:
    """Return the plan that is deleted with the case's end."""
    buy = await plan_of(tx, query.case.key)
    return () if buy is None else (Image.of(PLANNED_BUYS, buy, None),)


async def show_again(app: AppContext, tx: Transaction, event: Undone) -> None:
    """Show the plans again that are back because their cases are."""
    for buy, after in event.images(PLANNED_BUYS):
        if buy is not None and after is None:
            await show_plan(app, tx, await require_case(tx, buy.case), buy)


async def remove_kept_place(tx: Transaction, event: WordsRemoved) -> None:
    """Remove the delivery label of a plan that is kept as long as its end can be undone."""
    async for act in each_found(tx, UNDOABLES, "open", value=True):
        images = tuple(_without_place(image, event) for image in act.images)
        if images != act.images:
            tx.put(UNDOABLES, msgspec.structs.replace(act, images=images))


def _without_place(image: Image, event: WordsRemoved) -> Image:
    if image.place != (PLANNED_BUYS.name, event.case.key):
        return image
    buy, after = image.read(PLANNED_BUYS)
    if buy is None or buy.entry != event.entry.place:
        return image
    return Image.of(PLANNED_BUYS, buy.without_words, after)
