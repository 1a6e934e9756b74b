"""Choosing whether offers that are not new are looked for."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.monitoring import Checker
from bot.core.patrols import PatrolSubject
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.core.undo.announcing import announce
from bot.core.undo.models import Image
from bot.features.watchlist.collections import CONDITION_HISTORIES, WATCHES
from bot.features.watchlist.models.events import WatchNarrowed
from bot.features.watchlist.views.conditions import conditions_act


def are_asked(app: AppContext) -> bool:
    """Tell whether anybody looks for offers that are not new: not every source tells them."""
    return any(each.subject is PatrolSubject.CONDITIONS for each in app.tempo.patrols())


async def choose_conditions(
    app: AppContext, tx: Transaction, watch: Watch, who: Person, checker: Checker, *, new_only: bool
) -> bool:
    """Look for new offers alone, or for those of all conditions; tell whether that is a change.

    What is known of the others is forgotten when they are not looked for: it would be no longer
    true. Undoing it brings that back.
    """
    if watch.new_only == new_only:
        return False
    now = app.clock()
    changed = msgspec.structs.replace(watch, new_only=new_only)
    images = [Image.of(WATCHES, watch, changed)]
    tx.put(WATCHES, changed)
    known = await tx.get(CONDITION_HISTORIES, watch.key)
    if new_only and known is not None:
        images.append(Image.of(CONDITION_HISTORIES, known, None))
        tx.delete(CONDITION_HISTORIES, watch.key)
    await announce(app, tx, who, now, conditions_act(who, changed, tuple(images)))
    if new_only:
        await app.tell(tx, WatchNarrowed(changed, who, now))
    tx.after(lambda: checker.follow(changed))
    return True
