"""What follows for cases when a seller is trusted, or a product is not watched any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime

from bot.core.context import AppContext
from bot.core.findings import ENDED_BY_TRUST
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.undo.announcing import restore_too
from bot.core.undo.models import Undoable
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.models.cases import Case, CloseReason
from bot.features.cases.models.events import CaseClosed, LostByClosing
from bot.features.cases.models.signals import Affected
from bot.features.cases.models.steps import Transition
from bot.features.cases.rules import transitions
from bot.features.cases.service.affected import asins_of, cases_on, products_of
from bot.features.cases.service.keeping import record
from bot.features.watchlist.models.events import WatchEnded, WatchNarrowed
from bot.features.watchlist.models.sellers import EVERYWHERE, Trust
from bot.features.watchlist.service.trusting import trust_seller


async def authorise_seller(app: AppContext, tx: Transaction, who: Person, trust: Trust) -> bool:
    """Trust a seller as it is said; tell whether that changed anything.

    What of their open cases is no alert any more ends.
    """
    now = app.clock()
    act = await trust_seller(app, tx, who, now, trust)
    if act is not None:
        everywhere = EVERYWHERE in trust.authorised
        asins = None if everywhere else trust.authorised
        await settle_cases(app, tx, who, trust.seller, asins, now, act)
    return act is not None


async def settle_cases(
    app: AppContext,
    tx: Transaction,
    who: Person,
    seller: str,
    asins: Collection[str] | None,
    at: datetime,
    act: Undoable | None = None,
) -> None:
    """End in the seller's open cases what is no alert any more; a case with nothing left closes.

    ``asins`` are the products on which the seller is trusted from now on; None means all. ``at``
    is the moment of the trust, by which undoing it finds what it ended; ``act`` is what announced
    it, if anything did.
    """
    async for case in each_found(tx, CASES, "seller", seller):
        if not case.open or not ENDED_BY_TRUST & case.tally.active.keys():
            continue
        covered = await asins_of(tx, case) if asins is None else asins
        products = await products_of(tx, case, covered)
        # They may be on thousands of products: other work goes on meanwhile.
        transition = await asyncio.to_thread(transitions.trust, case, products.values(), who, at)
        if transition is None:
            continue
        steps = [transition]
        if not transition.case.going_on:
            reason = CloseReason.AUTHORISED
            steps.append(transitions.close(transition.case, who, at, reason, ""))
        settled = await record(app, tx, case, steps)
        if not settled.open:
            lost = await app.ask(tx, LostByClosing(settled)) or ()
            await app.tell(tx, CaseClosed(settled))
            await restore_too(tx, act, lost)
        await asyncio.sleep(0)


async def settle_own_change(
    app: AppContext, tx: Transaction, who: Person, case: Case, asin: str, at: datetime
) -> Case:
    """End what the case says of changes of a product's page; with nothing left, it closes.

    ``at`` is the moment by which undoing it finds what it ended.
    """
    on = (await products_of(tx, case, (asin,)))[asin]
    transition = transitions.own_change(case, on, who, at)
    if transition is None:
        return case
    steps = [transition]
    if not transition.case.going_on:
        steps.append(transitions.close(transition.case, who, at, CloseReason.OURS, ""))
    settled = await record(app, tx, case, steps)
    if not settled.open:
        await app.tell(tx, CaseClosed(settled))
    return settled


async def settle_unwatched(app: AppContext, tx: Transaction, event: WatchEnded) -> None:
    """End what open cases say of the product: from now on nobody knows."""
    await _settle_product(app, tx, event, transitions.unwatch)


async def settle_narrowed(app: AppContext, tx: Transaction, event: WatchNarrowed) -> None:
    """End what open cases say of offers of the product that are not looked for any more."""
    await _settle_product(app, tx, event, transitions.narrow)


async def _settle_product(
    app: AppContext,
    tx: Transaction,
    event: WatchEnded | WatchNarrowed,
    settle: Callable[[Case, Affected, Person, datetime], Transition | None],
) -> None:
    async for found in cases_on(tx, event.watch.key):
        case = await tx.get(CASES, found.case)
        on = await tx.get(AFFECTED, found.key)
        transition = settle(case, on, event.who, event.at) if case and case.open and on else None
        if case is not None and transition is not None:
            await record(app, tx, case, [transition])
