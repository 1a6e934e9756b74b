"""What a person says of a product that looks like ours, and what follows from it."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.interface import noted, tr
from bot.core.listing import Watch
from bot.core.monitoring import Checker
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.attacks.service.attacks import log_copycat, withdraw_attacks
from bot.features.cases.models.cases import Case
from bot.features.cases.service.working import call_false_alarm, note_fact
from bot.features.copycats.collections import CANDIDATES
from bot.features.copycats.models import Candidate, Verdict
from bot.features.copycats.service.showing import show_decided
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.service.watching import add_watch

TITLE = 200
"""Characters of a title that stand in a case."""


async def find_candidate(tx: Transaction, key: str) -> Candidate:
    """Return what a button names. Raises UserError: it is not known any more."""
    found = await tx.get(CANDIDATES, key)
    if found is None:
        raise UserError(tr("That product is no longer listed. Type /copycats to see the list."))
    return found


async def call_other(app: AppContext, tx: Transaction, who: Person, key: str) -> Candidate:
    """Remember that it is another product, so that it is not shown again. Raises UserError."""
    return await _decide(app, tx, who, await _open(tx, key), Verdict.OTHER)


async def call_ours(app: AppContext, tx: Transaction, who: Person, key: str) -> Candidate:
    """Remember that it is a product of ours. Raises UserError."""
    return await _decide(app, tx, who, await _open(tx, key), Verdict.OURS)


async def call_copy(
    app: AppContext, tx: Transaction, who: Person, key: str
) -> tuple[Candidate, Case]:
    """Remember that it is a copy, and open a case, from which a report can be filed.

    Raises:
        UserError: somebody decided already.
    """
    candidate = await _open(tx, key)
    item = candidate.item
    logged = await log_copycat(app, tx, who, item.marketplace, item.asin)
    case = await note_fact(app, tx, logged.case, _compared(candidate))
    return await _decide(app, tx, who, candidate, Verdict.COPY, case), case


async def watch_ours(
    app: AppContext, tx: Transaction, who: Person, key: str, checker: Checker
) -> Watch:
    """Watch a product that a person said is ours. Raises UserError: nobody said so."""
    candidate = await find_candidate(tx, key)
    if candidate.verdict is not Verdict.OURS:
        raise UserError(tr("That product is no longer marked as yours. Type /copycats."))
    item = candidate.item
    wanted = Watch(
        asin=item.asin,
        marketplace=item.marketplace,
        title=one_line(item.title, TITLE),
        added_by=who.name,
        added_at=app.clock(),
    )
    return (await add_watch(tx, wanted, checker)).watch


async def take_back(app: AppContext, tx: Transaction, who: Person, key: str) -> Candidate:
    """Take back what was said of it: it waits to be compared again, and its case is closed.

    A watch that was added stays: it is ended by /unwatch.

    Raises:
        UserError: nothing was said, or that was taken back already.
    """
    candidate = await find_candidate(tx, key)
    if candidate.verdict is Verdict.OPEN:
        raise UserError(tr("That was undone already."))
    if candidate.case:
        await withdraw_attacks(tx, candidate.number)
        text = noted("{who} took back that it is a copy.", who=who.name)
        await call_false_alarm(app, tx, who, candidate.case, text)
    opened = msgspec.structs.replace(
        candidate, verdict=Verdict.OPEN, by=None, decided_at=None, case="", number=0
    )
    tx.put(CANDIDATES, opened)
    await show_decided(app, tx)
    return opened


async def watched(tx: Transaction, candidate: Candidate) -> bool:
    """Tell whether it is watched already."""
    return await tx.get(WATCHES, candidate.key) is not None


async def _open(tx: Transaction, key: str) -> Candidate:
    candidate = await find_candidate(tx, key)
    if candidate.verdict is not Verdict.OPEN:
        name = candidate.by.name if candidate.by else ""
        raise UserError(tr("{name} already decided on that product.", name=name))
    return candidate


async def _decide(
    app: AppContext,
    tx: Transaction,
    who: Person,
    candidate: Candidate,
    verdict: Verdict,
    case: Case | None = None,
) -> Candidate:
    decided = msgspec.structs.replace(
        candidate,
        verdict=verdict,
        by=who,
        decided_at=app.clock(),
        case=case.key if case else "",
        number=case.number if case else 0,
    )
    tx.put(CANDIDATES, decided)
    await show_decided(app, tx)
    return decided


def _compared(candidate: Candidate) -> str:
    """Say for the case's thread what was compared with what."""
    item, ours = candidate.item, candidate.ours
    return noted(
        "Compared with our {ours}. Its brand: {brand}. Its title: {title}",
        ours=ours.asin,
        brand=item.brand or "-",
        title=one_line(item.title, TITLE) or "-",
    )
