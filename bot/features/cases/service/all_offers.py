"""Asking a third party for all offers of a product of which Amazon lists only some."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from bot.core.collections import JOBS, Job
from bot.core.conditions import Condition
from bot.core.context import AppContext
from bot.core.findings import HIDDEN_SELLERS, Fact
from bot.core.interface import noted, tr
from bot.core.job_handlers import JobHandler
from bot.core.jobs import enqueue, take_off
from bot.core.listing import Watch
from bot.core.permissions import Person
from bot.core.scheduler import Work
from bot.core.seller_facts import FactsSource, OffersReading
from bot.core.store import Transaction, run_in_transaction
from bot.core.when import span
from bot.errors import UserError
from bot.features.cases.collections import AFFECTED, ASKED_OFFERS, CASES
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.events import SignalsRaised
from bot.features.cases.models.jobs import CaseJob
from bot.features.cases.models.seller_facts import AllOffers, AskedOffers
from bot.features.cases.models.signals import Affected
from bot.features.cases.models.steps import Transition
from bot.features.cases.resources import FACTS_SOURCE
from bot.features.cases.rules.all_offers import named_sellers, offers_of, unlisted
from bot.features.cases.service.affected import all_of
from bot.features.cases.service.keeping import record
from bot.features.watchlist.collections import HISTORIES

ALONE = timedelta(days=1)
"""So long the machine does not ask again about a product by itself."""
ASKED = timedelta(hours=1)
"""So long nobody does: the source reads a product no more often."""
WAITING_AT_MOST = 5
"""Products that wait: each may cost 63 tokens."""
AT_ONCE = 3
"""Products of a case that one press asks for."""
TRIES = 8


async def ask_when_hidden(app: AppContext, tx: Transaction, event: SignalsRaised) -> None:
    """Ask for the offers of products on which Amazon has begun to hide some."""
    source = app.resources[FACTS_SOURCE]
    if source is None or not source.covers(event.case.marketplace):
        return
    for asin in event.asins:
        if await _hides(tx, event.case, asin) and not await _asked(
            app, tx, event.case, asin, ALONE
        ):
            waiting = await tx.find(JOBS, "kind", CaseJob.OFFERS, limit=WAITING_AT_MOST)
            if len(waiting) < WAITING_AT_MOST:
                _enqueue(app, tx, event.case, asin, None)


async def ask_for_all(app: AppContext, tx: Transaction, case: Case, who: Person) -> str:
    """Ask because a person pressed; return what they hear.

    Raises:
        UserError: nobody can be asked, nothing is hidden, or it was asked a moment ago.
    """
    source = app.resources[FACTS_SOURCE]
    if source is None or not source.covers(case.marketplace):
        message = tr("Set BRANDWARDEN_KEEPA_KEY to list the sellers that Amazon hides.")
        raise UserError(message)
    hiding = [on.asin async for on in all_of(tx, case.key) if _active(on)]
    if not hiding:
        message = tr("Amazon lists every offer in {case} again.", case=case.label)
        raise UserError(message)
    wanted = [asin for asin in hiding if not await _asked(app, tx, case, asin, ASKED)]
    if not wanted:
        message = tr(
            "{source} was asked less than {time} ago. Its answer is in this thread.",
            source=source.name,
            time=span(ASKED),
        )
        raise UserError(message)
    for asin in wanted[:AT_ONCE]:
        _enqueue(app, tx, case, asin, who)
    return tr("Asking {source}. The answer comes in this thread.", source=source.name)


def _enqueue(app: AppContext, tx: Transaction, case: Case, asin: str, who: Person | None) -> None:
    enqueue(app, tx, CaseJob.OFFERS, f"{case.key}-{asin}", who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))


async def _hides(tx: Transaction, case: Case, asin: str) -> bool:
    on = await tx.get(AFFECTED, Affected.key_of(case.key, asin))
    return on is not None and _active(on)


def _active(on: Affected) -> bool:
    signal = on.signal(HIDDEN_SELLERS)
    return signal is not None and signal.active


async def _asked(
    app: AppContext, tx: Transaction, case: Case, asin: str, within: timedelta
) -> bool:
    known = await tx.get(ASKED_OFFERS, Watch.key_of(case.marketplace, asin))
    return known is not None and abs(app.clock() - known.at) < within


class OffersJob:
    """Does the job of asking for a product's offers."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Ask, and tell the case's thread what was answered.

        Raises:
            SourceError: the source could not tell, or has too few tokens now.
        """
        source = self._app.resources[FACTS_SOURCE]
        key, _, asin = job.ref.partition("-")
        case = await self._app.store.get(CASES, key)
        if source is None or case is None:
            await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))
            return
        waited_for = job.asked_by is not None
        reading = await source.offers(case.marketplace, asin, waited_for=waited_for)
        told = reading or OffersReading(asin=asin, marketplace=case.marketplace)
        await run_in_transaction(self._app.store, partial(self._take_in, job, source, told))

    async def _take_in(
        self, job: Job, source: FactsSource, reading: OffersReading, tx: Transaction
    ) -> None:
        case = await tx.get(CASES, job.ref.partition("-")[0])
        if not await take_off(tx, job) or case is None:
            return
        now, product = self._app.clock(), Watch.key_of(reading.marketplace, reading.asin)
        tx.put(ASKED_OFFERS, AskedOffers(product, now))
        offers = offers_of(reading, now, source=source.name)
        history = await tx.get(HISTORIES, product)
        last = history.last if history else None
        listed = {offer.seller for offer in last.offers} if last else set()
        hidden = unlisted(offers, listed | self._app.brand.own_sellers)
        await self._tell(tx, job, case, self._words(offers, len(hidden)), named_sellers(hidden))

    def _words(self, offers: AllOffers, hidden: int) -> str:
        if not offers.offers:
            return noted(
                "{source} knows no offers on {asin} now.", source=offers.source, asin=offers.asin
            )
        new = sum(offer.condition is Condition.NEW for offer in offers.offers)
        return noted(
            "{source} lists {count} new and {used} other offers on {asin}, {day} UTC, not "
            "confirmed by Amazon. Sellers Amazon does not list: {hidden}.",
            source=offers.source,
            count=new,
            used=len(offers.offers) - new,
            asin=offers.asin,
            day=f"{offers.at:%Y-%m-%d %H:%M}",
            hidden=hidden,
        )

    async def _tell(self, tx: Transaction, job: Job, case: Case, text: str, sellers: str) -> None:
        facts = (Fact("Not in Amazon's list", sellers),) if sellers else ()
        step = Transition.of(case, EntryKind.ACTION, text, self._app.clock(), facts=facts)
        await record(self._app, tx, case, [step], asked=job.asked_by is not None)

    async def gave_up(self, tx: Transaction, job: Job, why: str) -> None:
        """Tell whoever waits for it; /health tells everybody else."""
        case = await tx.get(CASES, job.ref.partition("-")[0])
        if case is not None and job.asked_by is not None:
            text = noted("Could not list all sellers: {why}", why=why)
            await self._tell(tx, job, case, text, "")


def handler(app: AppContext) -> JobHandler:
    """Return what asks for offers."""
    job = OffersJob(app)
    return JobHandler(job.run, tries=TRIES, gave_up=job.gave_up)
