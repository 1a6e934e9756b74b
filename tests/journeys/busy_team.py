"""A team that works on every case at once, and says what was confirmed to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.bootstrap.application import Application
from bot.core.clocks import utc_now
from bot.core.collections import OUTBOX, UNDOABLES
from bot.core.context import AppContext
from bot.core.forms import Answers
from bot.core.interactions import Ask, Click, Command, Notice, Place, Reply, Submission, Update
from bot.core.permissions import Person, Role
from bot.core.undo.models import Undoable
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.watchlist.collections import STATUSES, WATCHES

ANA = Person("ana", "Ana")
SETTLED_WITHIN = 300.0
"""Seconds; after hundreds of kills a busy machine has a lot to tell."""
WHERE = Place(chat="web", channel="brand-alerts")
NEWEST = 20
"""Cases whose buttons are pressed while the product may be killed."""
DONE = "This was already done."


def plan(case: Case) -> tuple[str, ...]:
    """Choose what the team does with a case: always the same with the same case."""
    steps = ["acknowledge"]
    if case.number % 2:
        steps.append("assign")
    if case.number % 3 == 0:
        steps.append("close")
    if case.number % 4 == 0:
        steps.append("settings")
    return tuple(steps)


def _is_undone(act: Undoable) -> bool:
    """Choose which acts are undone, always the same ones: those that set an even hour."""
    return act.open and int(act.title.removesuffix(":00.")[-2:]) % 2 == 0


class BusyTeam:
    """Presses the buttons of all cases. As a chat would, it delivers again what it did before."""

    def __init__(self, application: Application, life: int, say: Callable[[str], None]) -> None:
        self._house = application
        self._life = life
        self._say = say
        self._pressed: set[tuple[int, str]] = set()

    async def press_for_ever(self) -> None:
        while True:
            await self._press(await self._house.app.store.page(CASES, limit=NEWEST, newest=True))
            await asyncio.sleep(0.005)

    async def press_all(self) -> None:
        await self._press(await self._house.app.store.page(CASES, limit=100_000))

    async def _press(self, cases: list[Case]) -> None:
        for case in cases:
            for step in plan(case):
                if (case.number, step) not in self._pressed:
                    self._pressed.add((case.number, step))
                    await self._do(case, step)

    async def _do(self, case: Case, step: str) -> None:
        if step == "close":
            # Who pressed Close and saw no form presses once more: that is another interaction.
            [reply] = await self._click(f"close-{case.number}-{self._life}", "close", case)
            if isinstance(reply, Ask):
                await self._submit(case, reply)
            return
        if step == "settings":
            await self._change_and_undo(case)
            return
        id = f"{step}-{case.number}"
        self._told(id, case, step, await self._click(id, step, case))

    async def _click(self, id: str, action: str, case: Case) -> list[Reply]:
        click = Click(
            id=id, who=ANA, role=Role.ADMIN, where=WHERE, at=utc_now(), action=action, ref=case.key
        )
        return await self._house.router.handle(click)

    async def _change_and_undo(self, case: Case) -> None:
        """Change a setting, which is announced; sometimes press Undo then."""
        command = Command(
            id=f"settings-{case.number}",
            who=ANA,
            role=Role.ADMIN,
            where=WHERE,
            at=utc_now(),
            name="settings",
            text=f"digest {case.number // 4 % 24}",
        )
        await self._house.router.handle(command)
        known = await self._house.app.store.page(UNDOABLES, newest=True)
        # What the thread of a case tells, such as its end, is left as it is.
        for act in [act for act in known if not act.told][:1]:
            if _is_undone(act):
                click = Click(
                    id=f"undo-{act.key}",
                    who=ANA,
                    role=Role.ADMIN,
                    where=WHERE,
                    at=utc_now(),
                    action="undo",
                    ref=act.key,
                )
                await self._house.router.handle(click)

    async def _submit(self, case: Case, ask: Ask) -> None:
        answers: Answers = {"reason": "other", "note": "Enough seen of them."}
        submission = Submission(
            id=f"closing-{case.number}-{self._life}",
            who=ANA,
            role=Role.ADMIN,
            where=WHERE,
            at=utc_now(),
            session=ask.session,
            step=ask.step,
            answers=answers,
        )
        self._told(submission.id, case, "close", await self._house.router.handle(submission))

    def _told(self, id: str, case: Case, effect: str, replies: list[Reply]) -> None:
        reply, *_ = replies
        if isinstance(reply, Update):
            self._say(f"did {id} {case.key} {effect}")
        elif isinstance(reply, Notice) and reply.text == DONE:
            self._say(f"again {id} {case.key} {effect}")
        else:
            self._say(f"refused {id} {case.key} {effect} {reply}")


async def settled(app: AppContext, period: timedelta) -> None:
    """Wait until a world that does not change any more is seen and told."""
    begun = utc_now()
    async with asyncio.timeout(SETTLED_WITHIN):
        while True:
            # In this order: once all is seen, nothing new is to be told.
            if await _seen(app, begun + 4 * period) and not await app.store.count(OUTBOX):
                return
            await asyncio.sleep(0.02)


async def _seen(app: AppContext, since: datetime) -> bool:
    """Tell whether every product was seen since then, and nothing waits to be confirmed."""
    statuses = await app.store.page(STATUSES, limit=100_000)
    # A product that was never seen has no status at all.
    return len(statuses) == await app.store.count(WATCHES) and all(
        status.seen_at is not None and status.seen_at > since and not status.hurry
        for status in statuses
    )
