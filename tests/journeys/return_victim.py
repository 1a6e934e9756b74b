"""A product on which a reported seller comes back, born again on one folder, to be killed.

``python -m tests.journeys.return_victim FOLDER``: ``prepare`` lets the seller come, be reported and
leave; ``live POINT`` lets them come back, and dies by its own hand at the point; ``drain`` works
until all is told.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import WEB, Application, build_application, running, vault_of
from bot.bootstrap.features import COLLECTIONS
from bot.core.chat import Outgoing
from bot.core.clocks import utc_now
from bot.core.collections import OUTBOX
from bot.core.dispatch.claiming import Claims
from bot.core.dispatch.messages import OutboxMessage
from bot.core.labeled import Recommendation
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.monitoring import Reading
from bot.core.outbox import Outbox
from bot.core.permissions import Person
from bot.features.cases.models.cases import case_key
from bot.features.cases.rules.correlation import correlate
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import Report, ReportState, Version
from bot.features.reports.rules import steps
from bot.features.watchlist.collections import WATCHES
from bot.settings import Settings
from tests.fakes import FakeSource
from tests.journeys.busy_team import settled
from tests.journeys.evidence_victim import LEDGER, OWN, seen
from tests.journeys.ledger import Ledger, LedgerChat
from tests.journeys.lives import obey, say

POINTS = (
    "a return was detected and nothing written",
    "its alert was written and not committed",
    "its alert was committed and not claimed",
    "its alert was claimed and not posted",
    "its alert was posted and that not written down",
)
DETECTED, WRITTEN, COMMITTED, CLAIMED, POSTED = POINTS
ASIN, THIEF = "B0ALDER001", "A1QX7ZP9KD4W2M"
BEN = Person("ben", "Ben")
PERIOD, TICK = timedelta(milliseconds=100), timedelta(milliseconds=20)


class Returning(FakeSource):
    """A marketplace on which the reported seller is there, or away."""

    there = True

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        sellers = {OWN: "24.99", **({THIEF: "18.70"} if self.there else {})}
        return [seen(watch, sellers, f"{watch.asin} {self.there}") for watch in watches]


def is_alert(message: str) -> bool:
    """Tell whether it is the alert that a reported seller is back."""
    return "-back-" in message


async def live(word: str, _: int) -> None:
    """Work on the folder."""
    what, point = (*word.split(), "")[:2]
    source = Returning(simulated=True)
    fate = _Fate(POINTS[int(point)] if point else "")
    async with _open_house(Path(sys.argv[1]), source, fate) as house, running(house):
        if what == "prepare":
            await _report_and_let_leave(house, source)
        else:
            await settled(house.app, PERIOD)


class _Fate:
    """Ends this life at its point."""

    def __init__(self, point: str) -> None:
        self._point = point

    def reached(self, point: str) -> None:
        if point == self._point:
            say(f"died {POINTS.index(point)}")
            os.kill(os.getpid(), signal.SIGKILL)

    def passing(self, message: Outgoing, posted: bool) -> None:
        if any(map(is_alert, (message.key, *message.carries))):
            self.reached(POSTED if posted else CLAIMED)

    @contextmanager
    def awaited(self, store: TinyStore) -> Iterator[None]:
        """Put the points into what detects a return, writes its alert and sends it."""
        returned, post, claim = steps.returned, Outbox.post, Claims.claim

        def detect(*given: Any) -> Report | None:
            back = returned(*given)
            if back is not None:
                self.reached(DETECTED)
            return back

        def write(outbox: Outbox, tx: Any, message: str, *given: Any, **more: Any) -> None:
            post(outbox, tx, message, *given, **more)
            if is_alert(message):
                self.reached(WRITTEN)

        async def claim_next(claims: Claims, limit: int) -> list[OutboxMessage]:
            rows = await store.page(OUTBOX)
            if any(is_alert(row.message) for row in rows):
                self.reached(COMMITTED)
            return await claim(claims, limit)

        with (
            patch.object(steps, "returned", detect),
            patch.object(Outbox, "post", write),
            patch.object(Claims, "claim", claim_next),
        ):
            yield


@asynccontextmanager
async def _open_house(folder: Path, source: Returning, fate: _Fate) -> AsyncIterator[Application]:
    settings = Settings(_env_file=None).model_copy(
        update={
            "own_sellers": frozenset({OWN}),
            "data_dir": folder,
            "check_every": PERIOD,
            "confirm_after": PERIOD,
        }
    )
    ledger = Ledger(folder / LEDGER)
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    eager = partial(correlate, cooldown=timedelta())
    with ExitStack() as stack:
        stack.enter_context(patch("bot.bootstrap.timetable.TICK", TICK))
        stack.enter_context(patch("bot.features.cases.service.alerts.correlate", eager))
        stack.enter_context(fate.awaited(store))
        async with store.transaction() as tx:
            tx.put(WATCHES, Watch(asin=ASIN, marketplace="US", title="Pan", added_at=utc_now()))
        chat = LedgerChat(ledger, vault_of(settings).read, fate.passing)
        yield build_application(settings, store, source, Links(), {WEB: chat})
    await store.close()
    ledger.close()


async def _report_and_let_leave(house: Application, source: Returning) -> None:
    app = house.app
    await settled(app, PERIOD)
    now = utc_now()
    async with app.store.transaction() as tx:
        tx.put(
            REPORTS,
            Report(
                number=1,
                case=case_key(1),
                recommendation=Recommendation.INFRINGEMENT,
                claim=Claim.COUNTERFEIT,
                marketplace="US",
                asins=(ASIN,),
                seller=THIEF,
                grounds=Grounds.TEST_BUY,
                versions=(Version("They ship copies.", now, BEN),),
                state=ReportState.ACCEPTED,
                drafted_at=now,
                drafted_by=BEN,
                filed_at=now,
                filed_by=BEN,
                complaint="77-1",
            ),
        )
    source.there = False
    await settled(app, PERIOD)


if __name__ == "__main__":
    obey(live)
