"""A team with checklists: small definitions, and the rounds that post them."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from bot.core.cards import Button, Card
from bot.core.collections import TEAMS
from bot.core.context import AppContext
from bot.core.interactions import Post, Reply, Update
from bot.core.labeled import Duty
from bot.core.permissions import Person, Role
from bot.core.router import Router
from bot.core.store import Store, Transaction
from bot.core.team import Team as Chosen
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.definitions import Area, Checklist, Item, ProofKind
from bot.features.checklists.models.runs import (
    Answer,
    ItemStatus,
    Proof,
    ProofDiff,
    Run,
    Task,
    run_key,
)
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.service.rounds import ChecklistJob
from tests.unit.conftest import ANA, Team

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""Monday of week 48, when the weekly checklist comes."""
BERLIN = "Europe/Berlin"

USERS = Item(
    id="users",
    title="Users and permissions",
    why="A user whom nobody knows can change every price.",
    steps=("Open Settings, User Permissions.", "Copy the names of all users."),
    link="https://sellercentral.amazon.com/gp/account-manager/home.html",
    proof=ProofKind.USERS,
    weight=5,
)
KEYS = Item(id="keys", title="API keys", why="Old keys still open the door.", weight=3)
MAIL = Item(
    id="mail", title="Mailbox rules", why="Rules can hide Amazon's warnings.", command="help"
)
SECURITY = Checklist(
    id="account-security",
    title="Account security",
    area=Area.SECURITY,
    why="Whoever has the account has the brand.",
    section="Establish security measures",
    owner=Duty.ACCOUNT,
    cadence="0 9 * * mon",
    items=(USERS, KEYS, MAIL),
)
PLAYBOOK = Checklist(
    id="intrusion",
    title="Possible intruder in our account",
    area=Area.READINESS,
    why="Every minute counts.",
    section="Seeking support from Amazon",
    owner=Duty.ACCOUNT,
    attacks=("intrusion", "phishing"),
    items=(
        Item(id="lock", title="Change all passwords", why="They may know yours.", weight=5),
        Item(id="ask", title="Tell Amazon", why="They can lock the account.", command="help"),
    ),
)


def checklist_run(at: datetime) -> Run:
    """Return an open run of the weekly checklist, as if it had been posted."""
    return Run(
        number=1,
        checklist=SECURITY.id,
        title="Account security, week 48",
        area=SECURITY.area,
        duty=SECURITY.owner,
        planned_at=at,
        posted_at=at,
        tasks=tuple(Task(item=item) for item in SECURITY.items),
    )


def changed(at: datetime) -> Task:
    """Return a task on a list that changed, which nobody has explained yet."""
    seats = msgspec.structs.replace(USERS, id="seats")
    diff = ProofDiff(added=("temp-va",), says="1 user new.", alarming=True)
    proof = Proof(kind=ProofKind.USERS, entries=("ana", "temp-va"))
    unexplained = Answer.UNEXPLAINED
    return Task(item=seats, answer=unexplained, at=at, who=ANA[0], proof=proof, diff=diff)


def foreign(at: datetime) -> ItemStatus:
    """Return how an item stands that was said to be not for us."""
    return ItemStatus(
        checklist=SECURITY.id,
        item=MAIL.id,
        answer=Answer.NOT_OURS,
        at=at,
        who=ANA[0],
        expires_at=at + timedelta(days=365),
    )


def decision(due: date, number: int = 1, owner: Person = ANA[0]) -> Decision:
    """Return an open decision of a review."""
    return Decision(
        number=number,
        review="000001",
        text=f"Decision {number}",
        owner=owner,
        due=due,
        decided_by=ANA[0],
        decided_at=MONDAY - timedelta(days=30),
    )


def guarded(team: Team, *checklists: Checklist) -> Team:
    """Return the team with these checklists."""
    app = dataclasses.replace(team.app, resources=team.app.resources.having(CHECKLISTS, checklists))
    return dataclasses.replace(team, app=app, router=Router(app, team.monitor))


async def choose(team: Team, chosen: Chosen) -> None:
    """Set the team's settings."""
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, chosen)


async def tick(team: Team) -> None:
    """Let the rounds look once, and send what they have to tell."""
    await ChecklistJob(team.app).tick()
    await team.dispatcher.deliver()


async def monday(team: Team, chosen: Chosen | None = None) -> Run:
    """Let the weekly checklist come for the first time."""
    if chosen:
        await choose(team, chosen)
    team.clock.now = MONDAY.replace(hour=6)
    await tick(team)
    team.clock.now = MONDAY
    await tick(team)
    return await run(team, 1)


async def run(team: Team, number: int) -> Run:
    found = await team.app.store.get(RUNS, run_key(number))
    assert found is not None
    return found


def runs(team: Team) -> list[str]:
    """Return the messages of runs, in the order in which they came."""
    return [key for key in team.chat.order if key.startswith("K-")]


def card(replies: Sequence[Reply]) -> Card:
    """Return the one card of the answer."""
    [reply] = replies
    assert isinstance(reply, Post | Update), reply
    return reply.card


def button(shown: Card, label: str) -> Button:
    return next(each for each in shown.buttons if each.label == label)


async def press(team: Team, shown: Card, label: str, who: tuple[Person, Role] = ANA) -> list[Reply]:
    """Press a button of a card by its label."""
    pressed = button(shown, label)
    return await team.press(pressed.action, pressed.ref, who)


class Killed(BaseException):
    """The process ends here."""


class _Mortal:
    """A store whose process dies at one of its transactions, before or after it took effect."""

    def __init__(self, store: Store, place: int, *, after: bool) -> None:
        self._store = store
        self._left = place
        self._after = after

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        dies = self._left == 0
        self._left -= 1
        async with self._store.transaction() as tx:
            yield tx
            if dies and not self._after:
                raise Killed
        if dies:
            raise Killed


def mortal(app: AppContext, place: int, *, after: bool) -> AppContext:
    """Return the application over a store that dies at the transaction of that place."""
    store: Any = _Mortal(app.store, place, after=after)
    return dataclasses.replace(app, store=store)
