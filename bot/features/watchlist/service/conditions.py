"""Choosing whether offers that are not new are looked for, and what follows from it."""

from __future__ import annotations

from functools import partial

import msgspec

from bot.core.audit.recording import COMMAND_LINE
from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.monitoring import Checker
from bot.core.patrols import PatrolSubject
from bot.core.permissions import Person
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Store, Transaction, run_in_transaction
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
    if bool(watch.new_only) == new_only:
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


class NarrowedWatches:
    """Draws the consequences where a table limited products to new offers.

    A table is imported without the program, too: nobody is there then who could end what cases say.
    """

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Forget what is known of offers that are not looked for any more."""
        keys = [
            known.key
            async for known in each(self._app.store, CONDITION_HISTORIES)
            if await _narrowed(self._app.store, known.key) is not None
        ]
        for key in keys:
            await run_in_transaction(self._app.store, partial(self._forget, key))
        if keys:
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _forget(self, key: str, tx: Transaction) -> None:
        watch = await _narrowed(tx, key)
        if watch is not None and await tx.get(CONDITION_HISTORIES, key) is not None:
            tx.delete(CONDITION_HISTORIES, key)
            await self._app.tell(tx, WatchNarrowed(watch, COMMAND_LINE, self._app.clock()))


async def _narrowed(store: Store | Transaction, key: str) -> Watch | None:
    watch = await store.get(WATCHES, key)
    return watch if watch and watch.new_only else None
