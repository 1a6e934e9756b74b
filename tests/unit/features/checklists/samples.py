"""Small checklists, runs and people for the pure tests."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.labeled import Duty
from bot.core.permissions import Person
from bot.core.team import Team
from bot.features.checklists.models.definitions import Area, Checklist, Item, ProofKind
from bot.features.checklists.models.runs import Answer, ItemStatus, Proof, Run, Task

ANA, BEN, EVE = (Person(name.lower(), name) for name in ("Ana", "Ben", "Eve"))
BERLIN = Team(zone="Europe/Berlin")
MONDAY = datetime(2027, 11, 22, 8, tzinfo=UTC)
"""Monday at nine in Berlin."""


def item(id: str, *, weight: int = 1, expires: int = 0, owner: Duty | None = None) -> Item:
    return Item(
        id=id,
        title=id.capitalize(),
        why="It matters.",
        weight=weight,
        expires=expires,
        owner=owner,
    )


def checklist(*items: Item, cadence: str = "0 9 * * mon", id: str = "list") -> Checklist:
    return Checklist(
        id=id,
        title="The list",
        area=Area.SECURITY,
        why="It matters.",
        section="Establish security measures",
        owner=Duty.ACCOUNT,
        cadence=cadence,
        items=items,
    )


def run(*tasks: Task, number: int = 1) -> Run:
    return Run(
        number=number,
        checklist="list",
        title="The list, week 47",
        area=Area.SECURITY,
        duty=Duty.ACCOUNT,
        planned_at=MONDAY,
        posted_at=MONDAY,
        tasks=tasks,
    )


def standing(
    id: str,
    answer: Answer = Answer.DONE,
    *,
    at: datetime = MONDAY,
    expires_at: datetime | None = None,
    case: int | None = None,
    owner: Person | None = None,
) -> ItemStatus:
    return ItemStatus(
        checklist="list",
        item=id,
        answer=answer,
        at=at,
        who=ANA,
        expires_at=expires_at,
        case=case,
        since=at if answer is Answer.PROBLEM else None,
        owner=owner,
    )


def users(*names: str) -> Proof:
    return Proof(kind=ProofKind.USERS, entries=names)
