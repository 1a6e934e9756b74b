"""Sellers' public profiles: read once a case is raised, and kept for whoever shows a seller."""

from __future__ import annotations

from functools import partial

from bot.core.amazon_retail import amazon_itself
from bot.core.collections import JOBS, Job
from bot.core.context import AppContext
from bot.core.forgetting import ask_compaction
from bot.core.identifiers import is_seller_id
from bot.core.jobs import enqueue, take_off
from bot.core.scanning import each_found
from bot.core.scheduler import Work
from bot.core.store import Store, Transaction, run_in_transaction
from bot.errors import CaptureError
from bot.features.cases.collections import (
    CASES,
    FORGOTTEN_SELLERS,
    SELLER_FACTS,
    SELLER_PROFILES,
    UNREAD_FACTS,
    UNREAD_SELLER_PAGES,
)
from bot.features.cases.models.cases import Case
from bot.features.cases.models.jobs import CaseJob
from bot.features.cases.models.profiles import SellerProfile, UnreadSellerPage
from bot.features.cases.models.steps import Transition
from bot.features.cases.resources import SELLER_PAGES
from bot.features.cases.rules.seller_pages import NO_NAME, known_enough, profile_from
from bot.features.cases.service.dropping_facts import drop_facts
from bot.features.cases.service.keeping import record
from bot.features.watchlist.collections import SELLERS

WAITING_AT_MOST = 20
"""Pages that wait to be read. A flood of strangers must not become one of requests: whoever is left
out keeps the ID, and is read when a case about them is raised again."""


async def profile_of(
    store: Store | Transaction, marketplace: str, seller: str
) -> SellerProfile | None:
    """Return what a seller's page says; None where it was not read or says no name."""
    return await store.get(SELLER_PROFILES, SellerProfile.key_of(marketplace, seller))


async def ask_for_profile(app: AppContext, tx: Transaction, case: Case) -> None:
    """Have the page of a stranger read in whose case something was just raised."""
    if app.resources[SELLER_PAGES] is None or not await is_stranger(app, tx, case):
        return
    if app.brand.simulated and not app.links.base:
        # What was recorded once has no pages that could be asked for.
        return
    if await tx.get(FORGOTTEN_SELLERS, case.seller) is not None:
        return
    key = SellerProfile.key_of(case.marketplace, case.seller)
    profile, failed = await tx.get(SELLER_PROFILES, key), await tx.get(UNREAD_SELLER_PAGES, key)
    if known_enough(profile, failed, app.clock()):
        return
    waiting = await tx.find(JOBS, "kind", CaseJob.PROFILE, limit=WAITING_AT_MOST)
    if len(waiting) >= WAITING_AT_MOST:
        return
    enqueue(app, tx, CaseJob.PROFILE, key)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))


async def forget_profile(app: AppContext, tx: Transaction, case: Case) -> None:
    """Delete what is known of a seller, or why nothing, unless a later case is about them too."""
    key = SellerProfile.key_of(case.marketplace, case.seller)
    if not await _anything(tx, key):
        return
    async for other in each_found(tx, CASES, "seller", case.seller, newest=True):
        later = other.closed_at is None or (case.closed_at and other.closed_at > case.closed_at)
        if other.key != case.key and other.marketplace == case.marketplace and later:
            return
    tx.delete(SELLER_PROFILES, key)
    tx.delete(UNREAD_SELLER_PAGES, key)
    await drop_facts(app, tx, key)
    ask_compaction(app, tx)


async def _anything(tx: Transaction, key: str) -> bool:
    """Tell whether anything is kept of a seller."""
    page = await tx.get(SELLER_PROFILES, key) or await tx.get(UNREAD_SELLER_PAGES, key)
    told = await tx.get(SELLER_FACTS, key) or await tx.get(UNREAD_FACTS, key)
    return page is not None or told is not None


async def is_stranger(app: AppContext, tx: Transaction, case: Case) -> bool:
    """Tell whether the case is about somebody of whom nothing else is known."""
    if not is_seller_id(case.seller) or case.seller in app.brand.own_sellers:
        return False
    if amazon_itself(case.seller, case.marketplace) is not None:
        return False
    known, now = await tx.get(SELLERS, case.seller), app.clock()
    return known is None or not all(known.trusted_on(asin, now) for asin in case.asins or ("",))


class ProfileJob:
    """Does the job of reading a seller's page."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Read the page, keep what it says, and show the name on the seller's cases.

        Raises:
            CaptureError: it could not be read.
            UserError: there is nothing to read with.
        """
        pages = self._app.resources[SELLER_PAGES]
        if pages is None:
            await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))
            return
        marketplace, _, seller = job.ref.partition("-")
        page = await pages.read(self._app.links.seller(marketplace, seller))
        profile = profile_from(page, marketplace, seller)
        if profile is None:
            raise CaptureError(NO_NAME)
        await run_in_transaction(self._app.store, partial(self._take_in, job, profile))

    async def _take_in(self, job: Job, profile: SellerProfile, tx: Transaction) -> None:
        """Keep the profile, and have the headlines of the seller's open cases show the name."""
        if not await take_off(tx, job):
            return
        tx.put(SELLER_PROFILES, profile)
        tx.delete(UNREAD_SELLER_PAGES, profile.key)
        async for case in each_found(tx, CASES, "seller", profile.seller):
            if case.open and case.marketplace == profile.marketplace:
                await record(self._app, tx, case, [Transition(case)])

    async def gave_up(self, tx: Transaction, job: Job, why: str) -> None:
        """Remember that it could not be read, so that not every case asks again."""
        marketplace, _, seller = job.ref.partition("-")
        now = self._app.clock()
        tx.put(
            UNREAD_SELLER_PAGES,
            UnreadSellerPage(seller=seller, marketplace=marketplace, at=now, why=why),
        )
