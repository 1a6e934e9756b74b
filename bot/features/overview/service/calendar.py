"""What happens because time passes: snoozes end, the digest comes, old things are swept out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar

import msgspec

from bot.core.clock_watch import confirmed_time, in_doubt
from bot.core.collections import COUNTERS, HANDLED, SESSIONS
from bot.core.context import AppContext
from bot.core.scanning import each_page_found
from bot.core.scheduler import Work
from bot.core.store import Collection, Transaction, run_in_transaction
from bot.features.cases.service.waking import tell_all_held, wake_cases
from bot.features.overview.collections import DIGEST_DAYS
from bot.features.overview.models import DigestDays
from bot.features.overview.service.digest import digest

T = TypeVar("T", bound=msgspec.Struct)

SWEPT_AT_ONCE = 100
KEPT_DAYS = 2
"""How long an interaction is known as done; no chat delivers one again after that."""
SWEPT_DAYS = 30
"""So many days further back it is looked for what is to be forgotten."""
SESSIONS_KEPT = timedelta(days=30)
DIGEST = "digest"


class Calendar:
    """Looks at the clock now and then."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app
        self._swept_to = ""

    async def tick(self, _: str = "") -> None:
        """Do all that is due."""
        await wake_cases(self._app)
        await tell_all_held(self._app)
        await run_in_transaction(self._app.store, self._digest)
        await self._sweep(await confirmed_time(self._app.store))
        self._app.scheduler.trigger(Work.OUTBOX)

    async def _digest(self, tx: Transaction) -> None:
        """Post the digest once a day; a new deployment begins with the next one."""
        team, now = await self._app.team(tx), self._app.clock()
        local = team.local(now)
        today = local.date()
        known = await self._posted_on(tx)
        if known is None:
            tx.put(DIGEST_DAYS, DigestDays(days=(today,)))
            return
        known = known.known(today)
        if today in known.days or local.hour < team.digest_hour:
            return
        doubt = await in_doubt(tx, now)
        tx.put(DIGEST_DAYS, known.posted(today, in_doubt=doubt))
        since = now - (today - known.last_before(today))
        card = await digest(self._app, tx, since)
        # What may come again when the clock is put right needs a name of its own.
        name = f"{today}-{now:%Y%m%d%H%M%S}" if doubt else f"{today}"
        self._app.outbox.post(tx, f"digest-{name}", card)

    async def _posted_on(self, tx: Transaction) -> DigestDays | None:
        known = await tx.get(DIGEST_DAYS, "now")
        if known is not None:
            return known
        # Earlier versions counted the last day alone.
        last = await tx.get(COUNTERS, DIGEST)
        return DigestDays(days=(date.fromordinal(last.value),)) if last else None

    async def _sweep(self, now: datetime) -> None:
        """Forget interactions and forms that nobody will come back to."""
        store = self._app.store
        for days in range(KEPT_DAYS + 1, KEPT_DAYS + SWEPT_DAYS):
            day = (now - timedelta(days=days)).date().isoformat()
            async for page in each_page_found(store, HANDLED, "day", day):
                await self._forget(HANDLED, [done.id for done in page])
        # Some of them each time, going round.
        some = await store.page(SESSIONS, after=self._swept_to, limit=SWEPT_AT_ONCE)
        self._swept_to = some[-1].key if some else ""
        old = [session.key for session in some if now - session.started_at > SESSIONS_KEPT]
        await self._forget(SESSIONS, old)

    async def _forget(self, collection: Collection[T], keys: Iterable[str]) -> None:
        async with self._app.store.transaction() as tx:
            for key in keys:
                tx.delete(collection, key)
