"""What follows for cases when an act is undone: what it ended goes on, what it began ends."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.interface import noted
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.undo.models import Undone
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.models.cases import TRUSTING, Case, EntryKind
from bot.features.cases.models.steps import Transition
from bot.features.cases.service.assigning import called_others
from bot.features.cases.service.keeping import record
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.reminding import watch_assignment
from bot.features.cases.service.resuming import (
    Resumed,
    ended_by_trust,
    goes_on_elsewhere,
    resume_case,
)
from bot.features.cases.service.settling import settle_cases
from bot.features.cases.service.working import require_alone
from bot.features.watchlist.collections import SELLERS, WATCHES
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller


async def follow_undone(app: AppContext, tx: Transaction, event: Undone) -> None:
    """Raise again what an act silenced, and end again what it let begin."""
    for before, after in event.images(SELLERS):
        if after is not None:
            await _raise_again(app, tx, event, after.id)
        if before is not None:
            await _settle_again(app, tx, event, before, after)
    for case, changed in event.images(CASES):
        await _give_back(app, tx, event, case, changed)
    await _follow_watches(app, tx, event)


async def _follow_watches(app: AppContext, tx: Transaction, event: Undone) -> None:
    for watch, kept in event.images(WATCHES):
        if watch is not None and kept is None:
            await _watch_again(app, tx, event, watch.key, "watched again")
        elif watch is not None and kept is not None and kept.new_only and not watch.new_only:
            await _watch_again(app, tx, event, watch.key, "checked in all conditions again")


async def _give_back(
    app: AppContext, tx: Transaction, event: Undone, before: Case | None, after: Case | None
) -> None:
    """Tell a case of an undone act on it, and see to what followed from its end."""
    if before is None or after is None:
        return
    case = await require_case(tx, before.key)
    if before.open and not after.open:
        await require_alone(tx, case)
        text = noted("Undone by {who}: the case is open again.", who=event.who.name)
        await resume_case(app, tx, case, [], Resumed(event.who, event.at, text, closed=True))
    elif before.assignee is not None:
        owner = before.assignee.name
        text = noted("Undone by {who}: {name} has it again.", who=event.who.name, name=owner)
        step = Transition.of(case, EntryKind.ACTION, text, event.at, who=event.who)
        calls = await called_others(app, tx, event.who, before.assignee, after.assignee)
        await watch_assignment(app, tx, await record(app, tx, case, [step], mentions=calls))


async def _raise_again(app: AppContext, tx: Transaction, event: Undone, seller: str) -> None:
    """Let the seller's cases go on that ended when they were trusted."""
    text = f"Undone by {event.who.name}: the seller is not trusted."
    async for case in each_found(tx, CASES, "seller", seller):
        closed = not case.open and case.closed_at == event.of.at and case.reason in TRUSTING
        if not (case.open or closed) or (closed and await goes_on_elsewhere(tx, case)):
            continue
        products = await ended_by_trust(tx, case, event.of.at)
        await resume_case(
            app, tx, case, products, Resumed(event.who, event.at, text, closed=closed)
        )


async def _settle_again(
    app: AppContext, tx: Transaction, event: Undone, before: Seller, after: Seller | None
) -> None:
    """End what was raised while a seller was not trusted whom the team trusts again."""
    was = () if after is None else (*after.authorised, *after.left_alone)
    back = [each for each in (*before.authorised, *before.left_alone) if each not in was]
    if back:
        asins = None if EVERYWHERE in back else tuple(back)
        await settle_cases(app, tx, event.who, before.id, asins, event.at)


async def _watch_again(
    app: AppContext, tx: Transaction, event: Undone, product: str, how: str
) -> None:
    """Let what was seen on a product go on that is watched again as before; ``how`` is that."""
    async for on in each_found(tx, AFFECTED, "product", product):
        case = await tx.get(CASES, on.case)
        if case is None or not case.open:
            continue
        ended = [signal for signal in on.signals if signal.ended_at == event.of.at]
        text = f"Undone by {event.who.name}: {on.asin} is {how}."
        await resume_case(app, tx, case, [(on, ended)], Resumed(event.who, event.at, text))
