"""What the first run does by itself: it follows what was done, asks again, and tidies up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.core.context import AppContext
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.features.setup.collections import FIRST_RUNS, TRIAL_ALERTS
from bot.features.setup.models import FIRST
from bot.features.setup.service.steps import check_login, follow_steps
from bot.features.setup.service.trying import delete_old_trials

Write = Callable[[Transaction], Awaitable[None]]

PERIOD = timedelta(seconds=2)
"""How soon the message shows what was done; a look reads one document."""
ASK_AGAIN = timedelta(minutes=5)
"""How long a login that could not be checked is left alone: Amazon lets us ask once a minute."""


class SetupFollowing:
    """Follows the first run while its message is open."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app
        self._asked: float | None = None

    async def tick(self, _: str = "") -> None:
        """Show what was done since, and delete old test alerts."""
        app = self._app
        first = await app.store.get(FIRST_RUNS, FIRST)
        following = first is not None and not first.over
        if first and following and (first.login is None or first.login.why) and self._may_ask():
            await check_login(app)
        if following:
            await self._write(lambda tx: follow_steps(app, tx))
        if await app.store.count(TRIAL_ALERTS):
            await self._write(lambda tx: delete_old_trials(app, tx))

    def _may_ask(self) -> bool:
        now = self._app.monotonic()
        if self._asked is not None and now - self._asked < ASK_AGAIN.total_seconds():
            return False
        self._asked = now
        return True

    async def _write(self, write: Write) -> None:
        async def writing(tx: Transaction) -> bool:
            await write(tx)
            return tx.wrote

        if await run_in_transaction(self._app.store, writing):
            self._app.scheduler.trigger(Work.OUTBOX)
