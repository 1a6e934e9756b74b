"""What features bring is derived once, a name stands once, and events and queries reach them."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest

from bot.bootstrap.features import COMMANDS
from bot.core.events import Query, answers, on
from bot.core.feature import DUE, Feature, Features, PeriodicTask
from bot.core.interactions import Reply
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, RequestContext
from bot.core.scheduler import Work
from bot.core.store import Collection, Migration, Transaction
from tests.unit.conftest import Team


class Thing(msgspec.Struct):
    name: str


class Happened(msgspec.Struct, frozen=True):
    what: str


class Louder(Happened, frozen=True):
    pass


class HowMany(Query[int], frozen=True):
    of: str


class Idle:
    def __init__(self, app: object) -> None:
        pass

    async def tick(self, _: str = "") -> None:
        pass


async def run(_: RequestContext) -> list[Reply]:
    return []


async def count(_: object, __: Transaction, query: HowMany) -> int:
    return len(query.of)


def command(name: str, rank: int = 9) -> CommandSpec:
    return CommandSpec(name, f"/{name}", "It.", Permission.READ, run, rank=rank)


@pytest.mark.parametrize(
    "brought",
    [
        {"commands": (command("look"),)},
        {"buttons": (ClickSpec("look", Permission.READ, run),)},
        {"collections": (Collection[Thing]("things", Thing, lambda thing: thing.name),)},
        {"answers": (answers(HowMany, count),)},
        {"periodic": (PeriodicTask(Work.TITLES, Idle, DUE),)},
    ],
    ids=lambda brought: next(iter(brought)),
)
def test_a_name_that_stands_twice_is_an_error_at_the_start(brought: dict[str, object]) -> None:
    once = dataclasses.replace(Feature(name="one"), **brought)  # type: ignore[arg-type]
    Features([once])
    with pytest.raises(ValueError, match="Two features have"):
        Features([once, dataclasses.replace(once, name="two")])


def test_commands_come_by_their_rank_and_the_rest_in_the_order_of_features() -> None:
    known = Features(
        [
            Feature(name="one", commands=(command("rare"), command("help", 2))),
            Feature(name="two", commands=(command("watch", 1), command("odd"))),
        ]
    )
    assert [spec.name for spec in known.commands] == ["watch", "help", "rare", "odd"]


def test_migrations_come_by_their_version_whatever_the_order_of_features() -> None:
    steps = [Migration(version, "things", lambda key, it: (key, it)) for version in (3, 1, 2)]
    known = Features([Feature(name=str(step.version), migrations=(step,)) for step in steps])
    assert [step.version for step in known.migrations] == [1, 2, 3]


async def test_an_event_is_heard_in_the_order_of_features_by_those_who_listen(team: Team) -> None:
    heard: list[str] = []

    def feature(name: str, event: type[Happened]) -> Feature:
        async def hear(_: object, __: Transaction, event: Happened) -> None:
            heard.append(f"{name}: {event.what}")

        return Feature(name=name, on=(on(event, hear),))

    known = Features([feature("one", Happened), feature("two", Louder), feature("three", Happened)])
    async with team.app.store.transaction() as tx:
        await known.tell(team.app, tx, Happened("a"))
        await known.tell(team.app, tx, Louder("b"))
        await known.tell(team.app, tx, Thing("nothing of theirs"))
    assert heard == ["one: a", "three: a", "one: b", "two: b", "three: b"]


async def test_a_query_is_answered_by_the_one_that_knows_or_by_nobody(team: Team) -> None:
    known = Features([Feature(name="one"), Feature(name="two", answers=(answers(HowMany, count),))])
    async with team.app.store.transaction() as tx:
        assert await known.ask(team.app, tx, HowMany("abc")) == 3
        assert await Features([]).ask(team.app, tx, HowMany("abc")) is None


def test_what_a_newcomer_needs_is_listed_first() -> None:
    first = [spec.name for spec in COMMANDS[:5]]
    assert first == ["start", "watch", "todo", "cases", "health"]
