"""The card of a search in the channel, and what waits to be compared, as it is now."""

from __future__ import annotations

from bot.core.context import AppContext, view_context
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.copycats.collections import CANDIDATES, SEARCHES
from bot.features.copycats.models import Candidate, CopycatSearch, SearchState, Verdict
from bot.features.copycats.rules import most_alike, rank
from bot.features.copycats.views import SHOWN, ToCompare, result_card
from bot.features.watchlist.collections import WATCHES


async def waiting(tx: Transaction) -> ToCompare:
    """Return what waits to be compared, the most alike first."""
    found = await _all_waiting(tx)
    return ToCompare(tuple(found[:SHOWN]), len(found))


async def next_behind(tx: Transaction, key: str) -> Candidate | None:
    """Return the one that waits behind this one, which may be decided; behind the last, the first.

    None: none waits.
    """
    found = await _all_waiting(tx)
    known = await tx.get(CANDIDATES, key)
    behind = [each for each in found if known is not None and rank(each) > rank(known)]
    return next(iter((*behind[:1], *found[:1])), None)


async def _all_waiting(tx: Transaction) -> list[Candidate]:
    """Return all of them, the most alike first; what is watched by now is ours."""
    found = [each async for each in each_found(tx, CANDIDATES, "verdict", Verdict.OPEN)]
    return most_alike([each for each in found if await tx.get(WATCHES, each.key) is None])


async def last_search(app: AppContext) -> CopycatSearch | None:
    """Return the newest search; None: there was none yet."""
    return next(iter(await app.store.page(SEARCHES, newest=True, limit=1)), None)


async def show_search(app: AppContext, tx: Transaction, search: CopycatSearch) -> None:
    """Have the channel see what a search came to; a weekly one that found no more is quiet."""
    card = result_card(search, await waiting(tx), await view_context(app, tx))
    if not search.weekly:
        await app.outbox.edit(tx, search.message, card)
    elif search.told:
        app.outbox.post(tx, search.message, card, quiet=True)


async def show_decided(app: AppContext, tx: Transaction) -> None:
    """Have the channel's newest list show what is left to compare."""
    search = await last_search(app)
    if search is None or search.state is SearchState.SEARCHING:
        return
    if search.told:
        card = result_card(search, await waiting(tx), await view_context(app, tx))
        await app.outbox.edit(tx, search.message, card)
