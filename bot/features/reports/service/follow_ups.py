"""Follow-ups: the team is reminded of reports, letters and test buys that wait."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.core.context import AppContext
from bot.core.reminding import may_remind
from bot.core.scanning import each_found
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.team import at_work
from bot.features.cases.service.messages import head_of, thread_of
from bot.features.evidence.service.planning import due_buys, remind_buyer
from bot.features.letters.service.letters import due_letters, remind
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import ReportState
from bot.features.reports.rules import steps
from bot.features.reports.service.packing import take_back
from bot.features.reports.service.reports import case_of, show
from bot.features.reports.views.report import reminder_card


class FollowUps:
    """Looks after reports, letters and planned test buys that are open."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Remind of what is due, in the team's work hours."""
        now = self._app.clock()
        if not at_work(await self._app.team(), now):
            return
        reports: list[str] = []
        async for report in each_found(self._app.store, REPORTS, "open", value=True):
            if steps.brought_forward(report, now):
                await run_in_transaction(
                    self._app.store, partial(self._bring_forward, report.key, now)
                )
            if may_remind(report, now):
                reports.append(report.key)
        letters = await due_letters(self._app, now)
        due = [partial(self._remind, key, now) for key in reports]
        due += [partial(remind, self._app, key, now) for key in letters]
        buys = await due_buys(self._app, now)
        due += [partial(remind_buyer, self._app, key, now) for key in buys]
        for reminder in due:
            await run_in_transaction(self._app.store, reminder)
        if due:
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _bring_forward(self, key: str, now: datetime, tx: Transaction) -> None:
        """Count anew what a clock that was ahead has put off."""
        report = await tx.get(REPORTS, key)
        sooner = steps.brought_forward(report, now) if report else None
        if sooner is not None:
            tx.put(REPORTS, sooner)

    async def _remind(self, key: str, now: datetime, tx: Transaction) -> None:
        report = await tx.get(REPORTS, key)
        if report is None or not may_remind(report, now):
            return
        if report.state is ReportState.CONFIRMED and await take_back(self._app, tx, report):
            return
        reminded = steps.remind(report, now)
        tx.put(REPORTS, reminded)
        case = await case_of(tx, report)
        self._app.outbox.post(
            tx,
            f"{head_of(case)}/{report.label}-reminder-{now:%Y%m%d%H%M}",
            reminder_card(reminded),
            thread=thread_of(case),
            ping=True,
        )
        await show(self._app, tx, case, reminded)
