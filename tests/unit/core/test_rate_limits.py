"""Nobody floods the others: so many commands, presses, forms and notes of a person in a minute."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.gateway import ChatGateway
from bot.core.idempotency import Response
from bot.core.interactions import AnyInteraction, Command, Notice, Post, Submission
from bot.core.permissions import Roster
from bot.core.rate_limits import MINUTE, NOTES, PERSONS, RateLimit, TooMany
from bot.features.cases.collections import ENTRIES
from tests.unit.conftest import ANA, BEN, PLACE, Team, notice
from tests.unit.features.reports.reporting import start

FEW = 5


def gateway(team: Team) -> ChatGateway:
    return ChatGateway(team.app, team.router, Roster(), limit=RateLimit(FEW, "commands"))


def command(team: Team, id: str, *, text: str = "", name: str = "cases") -> Command:
    who, role = BEN
    return Command(id=id, who=who, role=role, where=PLACE, at=team.clock.now, name=name, text=text)


async def answers(front: ChatGateway, *asked: AnyInteraction) -> list[Response]:
    return [await front.handle(each) for each in asked]


async def test_who_sends_too_much_is_told_once_and_may_go_on_after_a_minute(team: Team) -> None:
    front = gateway(team)
    taken = await answers(front, *(command(team, f"a{n}") for n in range(FEW)))
    assert all(isinstance(each.replies[0], Post) for each in taken)
    team.clock.advance(seconds=40)
    first, *others = await answers(front, *(command(team, f"b{n}") for n in range(50)))
    assert notice([*first.replies]) == "Too many commands. Try again in 20 s."
    assert {(tuple(each.replies), each.repeated) for each in others} == {((), True)}
    team.clock.advance(seconds=20)
    [again] = await answers(front, command(team, "c"))
    assert isinstance(again.replies[0], Post)


async def test_a_delivery_that_comes_twice_counts_once(team: Team) -> None:
    front = gateway(team)
    for _ in range(3):
        await answers(front, *(command(team, f"a{n}") for n in range(FEW)))
    last = (await answers(front, command(team, f"a{FEW - 1}")))[0]
    assert isinstance(last.replies[0], Post)


async def test_others_are_not_held_up(team: Team) -> None:
    front = gateway(team)
    await answers(front, *(command(team, f"a{n}") for n in range(50)))
    who, role = ANA
    other = Command(id="z", who=who, role=role, where=PLACE, at=team.clock.now, name="cases")
    assert isinstance((await front.handle(other)).replies[0], Post)


async def test_a_form_is_answered_each_time_so_that_what_was_typed_stays(team: Team) -> None:
    front = gateway(team)
    await answers(front, *(command(team, f"a{n}") for n in range(FEW)))
    who, role = BEN
    for number in range(3):
        form = Submission(
            id=f"f{number}",
            who=who,
            role=role,
            where=PLACE,
            at=team.clock.now,
            session="",
            step="",
            answers={},
        )
        [told] = (await front.handle(form)).replies
        assert isinstance(told, Notice)
        assert told.text.startswith("Too many commands.")


async def test_so_many_notes_of_a_person_are_taken_in_a_minute(team: Team) -> None:
    await start(team)
    before = await team.app.store.count(ENTRIES)
    told = [notice(await team.type(f"/note 1 note {n}", BEN)) for n in range(NOTES + 20)]
    assert told[NOTES - 1] == "Added to C-1."
    assert told[NOTES] == "Too many notes. Try again in 60 s."
    assert await team.app.store.count(ENTRIES) == before + NOTES
    assert notice(await team.type("/note 1 mine", ANA)) == "Added to C-1."
    team.clock.advance(minutes=1)
    assert notice(await team.type("/note 1 more", BEN)) == "Added to C-1."


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 30)), max_size=200))
def test_in_no_minute_is_more_taken_than_twice_the_most(sent: list[tuple[str, float]]) -> None:
    limit, now = RateLimit(FEW, "commands"), 0.0
    taken: dict[str, list[float]] = {}
    for person, later in sent:
        now += later
        try:
            limit.take(person, now)
        except TooMany:
            continue
        taken.setdefault(person, []).append(now)
    for times in taken.values():
        for at in times:
            assert sum(at <= each < at + MINUTE for each in times) <= 2 * FEW


def test_no_more_people_are_remembered_than_that() -> None:
    limit = RateLimit(1, "commands")
    for number in range(3 * PERSONS):
        limit.take(str(number), 0.0)
    assert len(limit._minutes) == PERSONS
