"""The digest: what happened since the last one, once a day or when a person asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from bot.core.cards import Card
from bot.core.clock_watch import in_doubt
from bot.core.collections import COUNTERS
from bot.core.context import AppContext
from bot.core.money import Money
from bot.core.scanning import each_found, each_page_found, first_of
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Case, Entry
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.escalating import uncalled_since
from bot.features.cases.service.messages import head_of
from bot.features.evidence.service.verifying import anchor_vault, head_of_vault
from bot.features.overview.collections import DIGEST_DAYS
from bot.features.overview.models import DigestDays, DigestFacts
from bot.features.overview.views.digest import WORST, digest_card
from bot.features.watchlist.service.health import read_health

LONGEST = 7
"""Days that a digest looks back at the most."""


async def todays_digest(app: AppContext, tx: Transaction) -> Card:
    """Tell what happened since midnight in the team's zone."""
    local = (await app.team(tx)).local(app.clock())
    midnight = datetime.combine(local.date(), time(), local.tzinfo).astimezone(UTC)
    return await digest(app, tx, midnight)


async def digest(app: AppContext, tx: Transaction, since: datetime) -> Card:
    """Tell what happened since a moment, and which cases are open."""
    return (await _digest(app, tx, since)).card


class _Digest(NamedTuple):
    card: Card
    threads: tuple[str, ...]
    """The heads of the threads of the cases that it names."""


async def _digest(app: AppContext, tx: Transaction, since: datetime) -> _Digest:
    now = app.clock()
    losses: dict[str, Money] = {}
    every = _adding(each_page_found(app.store, CASES, "open", value=True, newest=True), losses)
    opened = await first_of(every, WORST, lambda case: (case.snoozed(now), -case.severity))
    count = await app.store.count(CASES, "open", value=True)
    view = await case_context(app, tx, opened)
    entries = await _entries(app, since, view.now)
    facts = DigestFacts(
        losses=tuple(losses[currency] for currency in sorted(losses)),
        uncalled=await uncalled_since(tx, since),
        vault=await head_of_vault(app),
    )
    card = digest_card(opened, count, entries, await read_health(app), view, since, facts)
    return _Digest(card, tuple(head_of(case) for case in opened))


async def _adding(
    pages: AsyncIterator[list[Case]], losses: dict[str, Money]
) -> AsyncIterator[list[Case]]:
    """Give the pages, and add up what goes on in them costs a day."""
    async for page in pages:
        for case in page:
            loss = case.daily_loss if case.going_on else None
            if loss is not None:
                known = losses.get(loss.currency)
                losses[loss.currency] = known + loss if known else loss
        yield page


async def _entries(app: AppContext, since: datetime, now: datetime) -> list[Entry]:
    entries: list[Entry] = []
    for back in range(min((now.date() - since.date()).days, LONGEST) + 1):
        day = (now.date() - timedelta(days=back)).isoformat()
        found = each_found(app.store, ENTRIES, "day", day)
        entries += [entry async for entry in found if entry.at >= since]
    return sorted(entries, key=lambda entry: entry.at)


DIGEST = "digest"


class DailyDigest:
    """Looks now and then whether the day's digest is due."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Post it, if it is due."""
        if await run_in_transaction(self._app.store, self._digest):
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _digest(self, tx: Transaction) -> bool:
        """Post the digest once a day; a new deployment begins with the next one. Tell whether."""
        team, now = await self._app.team(tx), self._app.clock()
        local = team.local(now)
        today = local.date()
        known = await self._posted_on(tx)
        if known is None:
            tx.put(DIGEST_DAYS, DigestDays(days=(today,)))
            return False
        known = known.known(today)
        if today in known.days or local.hour < team.digest_hour:
            return False
        doubt = await in_doubt(tx, now)
        tx.put(DIGEST_DAYS, known.posted(today, in_doubt=doubt))
        since = now - (today - known.last_before(today))
        told = await _digest(self._app, tx, since)
        await anchor_vault(self._app, tx)
        # What may come again when the clock is put right needs a name of its own.
        name = f"{today}-{now:%Y%m%d%H%M%S}" if doubt else f"{today}"
        self._app.outbox.post(tx, f"digest-{name}", told.card, threads=told.threads)
        return True

    async def _posted_on(self, tx: Transaction) -> DigestDays | None:
        known = await tx.get(DIGEST_DAYS, "now")
        if known is not None:
            return known
        # Earlier versions counted the last day alone.
        last = await tx.get(COUNTERS, DIGEST)
        return DigestDays(days=(date.fromordinal(last.value),)) if last else None
