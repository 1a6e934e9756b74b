"""Asking a third party who a stranger is, once a case about them is raised."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from functools import partial

from bot.core.collections import JOBS, Job
from bot.core.context import AppContext
from bot.core.forgetting import ask_compaction
from bot.core.interface import noted
from bot.core.job_handlers import JobHandler
from bot.core.jobs import enqueue, take_off
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.seller_facts import FactsSource
from bot.core.store import Store, Transaction, run_in_transaction
from bot.features.cases.collections import FORGOTTEN_SELLERS, SELLER_FACTS, UNREAD_FACTS
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import SignalsRaised
from bot.features.cases.models.jobs import CaseJob
from bot.features.cases.models.seller_facts import SellerFacts, UnreadFacts
from bot.features.cases.resources import FACTS_SOURCE
from bot.features.cases.rules.seller_facts import asked_enough, facts_of
from bot.features.cases.service.dropping_facts import show_again
from bot.features.cases.service.profiles import is_stranger
from bot.features.cases.service.resemblance import alike
from bot.features.watchlist.collections import WATCHES

WAITING_AT_MOST = 20
"""Sellers that wait to be asked about: a flood of strangers must not use up all tokens."""
TRIES = 8
"""Ever longer pauses between them come to 42 minutes: so long tokens may take to come back."""
NOBODY = noted("It does not know this seller.")


async def company_facts(
    store: Store | Transaction, marketplace: str, seller: str
) -> SellerFacts | None:
    """Return what was told of a company; None of somebody who may be a private person."""
    facts = await store.get(SELLER_FACTS, SellerFacts.key_of(marketplace, seller))
    return facts if facts is not None and facts.company else None


async def ask_for_facts(app: AppContext, tx: Transaction, event: SignalsRaised) -> None:
    """Have a third party asked about a stranger in whose case something was just raised."""
    case, source = event.case, app.resources[FACTS_SOURCE]
    if source is None or not source.covers(case.marketplace):
        return
    if not await is_stranger(app, tx, case) or await _known(app, tx, case):
        return
    waiting = await tx.find(JOBS, "kind", CaseJob.FACTS, limit=WAITING_AT_MOST)
    if len(waiting) >= WAITING_AT_MOST:
        return
    enqueue(app, tx, CaseJob.FACTS, SellerFacts.key_of(case.marketplace, case.seller))
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))


async def _known(app: AppContext, tx: Transaction, case: Case) -> bool:
    """Tell whether enough is known, or an admin had it removed."""
    if await tx.get(FORGOTTEN_SELLERS, case.seller) is not None:
        return True
    key = SellerFacts.key_of(case.marketplace, case.seller)
    facts, unread = await tx.get(SELLER_FACTS, key), await tx.get(UNREAD_FACTS, key)
    return asked_enough(facts, unread, app.clock())


class FactsJob:
    """Does the job of asking about a seller."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Ask, keep what may be kept, and show it on the seller's cases.

        Raises:
            SourceError: the source could not tell, or has too few tokens now.
        """
        source = self._app.resources[FACTS_SOURCE]
        if source is None:
            await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))
            return
        marketplace, _, seller = job.ref.partition("-")
        reading = await source.seller(marketplace, seller)
        if reading is None:
            await run_in_transaction(self._app.store, partial(self._nobody, job, source))
            return
        ours = await self._ours(marketplace, {*reading.asins})
        facts = facts_of(
            reading, ours, self._app.clock(), source=source.name, simulated=source.simulated
        )
        await run_in_transaction(self._app.store, partial(self._take_in, job, facts))

    async def _ours(self, marketplace: str, asins: Collection[str]) -> set[str]:
        """Return which of the products we watch there."""
        return {
            watch.asin
            async for watch in each(self._app.store, WATCHES)
            if watch.marketplace == marketplace and watch.asin in asins
        }

    async def _nobody(self, job: Job, source: FactsSource, tx: Transaction) -> None:
        if await take_off(tx, job):
            self._note(tx, job, source, NOBODY, unknown=True)

    async def _take_in(self, job: Job, facts: SellerFacts, tx: Transaction) -> None:
        """Keep the facts, and have the headlines of open cases show them."""
        if not await take_off(tx, job):
            return
        if await tx.get(FORGOTTEN_SELLERS, facts.seller) is not None:
            # An admin had it removed while it was on its way.
            return
        before = await tx.get(SELLER_FACTS, facts.key)
        tx.put(SELLER_FACTS, facts)
        tx.delete(UNREAD_FACTS, facts.key)
        if before is not None and before.address != facts.address:
            ask_compaction(self._app, tx)
        others = {other.seller async for other, _ in alike(tx, facts)}
        for seller in sorted({facts.seller, *others}):
            await show_again(self._app, tx, seller, closed=False)

    async def gave_up(self, tx: Transaction, job: Job, why: str) -> None:
        """Remember that it could not tell, so that not every case asks again."""
        source = self._app.resources[FACTS_SOURCE]
        if source is not None:
            self._note(tx, job, source, why, unknown=False)

    def _note(
        self, tx: Transaction, job: Job, source: FactsSource, why: str, *, unknown: bool
    ) -> None:
        marketplace, _, seller = job.ref.partition("-")
        unread = UnreadFacts(
            seller=seller,
            marketplace=marketplace,
            source=source.name,
            at=self._app.clock(),
            why=why,
            unknown=unknown,
        )
        tx.put(UNREAD_FACTS, unread)


def handler(app: AppContext) -> JobHandler:
    """Return what asks about sellers."""
    job = FactsJob(app)
    limit = timedelta(minutes=2)
    return JobHandler(job.run, limit=limit, tries=TRIES, gave_up=job.gave_up)
