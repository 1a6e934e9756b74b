"""A chat that was out for long: headlines in order, what is over in one card, a line a thread."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import timedelta

import msgspec
import pytest

from bot.core.cards import Card
from bot.core.collections import OUTBOX, TEAMS
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.dispatch.messages import OutboxState
from bot.core.mentions import Mention
from bot.core.team import Team as Settings
from bot.errors import ChatError, Refusal
from bot.features.cases.collections import CASES
from tests.unit.conftest import OWN, Team, offer

OURS = offer(OWN, "24.99")
DOWN = ChatError("Not reached.", refusal=Refusal.CHAT)


def stranger(number: int) -> str:
    return f"A1STRANGER{number:04d}"


async def passes(team: Team, **length: float) -> None:
    end = team.clock.now + timedelta(**length)
    while team.clock.now < end:
        team.clock.advance(seconds=60)
        await team.dispatcher.deliver()


async def look(team: Team, *numbers: int, price: str = "18.70") -> None:
    """Let these strangers sell, twice: a departure is believed then."""
    offers = [offer(stranger(number), price) for number in numbers]
    for _ in range(2):
        await team.look(OURS, *offers)
        team.clock.advance(minutes=1)


async def live_through_a_day(team: Team, cases: int, over: int) -> None:
    """Open so many cases in a day without the chat, of which so many end again."""
    gone: list[int] = []
    for number in range(1, cases + 1):
        here = [each for each in range(1, number + 1) if each not in gone]
        await look(team, *here)
        if number <= over:
            gone.append(number)
        await passes(team, minutes=5)
    await look(team, *(each for each in range(1, cases + 1) if each not in gone))


@pytest.mark.ci
@pytest.mark.parametrize(("cases", "over"), [(200, 150), (12, 9)])
async def test_a_day_of_outage_is_a_few_messages_when_the_chat_is_back(
    team: Team, cases: int, over: int
) -> None:
    team.chat.out = DOWN
    await live_through_a_day(team, cases, over)
    every = await team.app.store.page(CASES, limit=500)
    live = [case.label for case in every if case.open and case.going_on]
    assert (len(every), len(live)) == (cases, cases - over)
    requests, team.chat.out = team.chat.requests, None
    await passes(team, minutes=10)
    assert await team.app.store.count(OUTBOX) == 0
    top = [key for key in team.chat.order if team.chat.messages[key].thread is None]
    heads = [key for key in top if key.startswith("C-")]
    folds = [key for key in top if key.startswith("while-out-")]
    lines = Counter(message.thread.id for message in team.chat.messages.values() if message.thread)
    pings = [key for key, message in team.chat.messages.items() if message.ping]
    print(
        f"{cases} cases, {over} over: {requests} requests in the outage, {len(top)} messages in "
        f"the channel, at most {max(lines.values(), default=0)} lines a thread, {len(pings)} pings"
    )
    assert len(top) <= cases - over + 10
    assert requests <= 300
    assert len(folds) == 1
    assert set(live) <= set(heads)
    assert heads == sorted(heads, key=lambda label: int(label.removeprefix("C-")))
    assert max(lines.values(), default=0) <= 1
    assert set(pings) <= {*live, *folds}
    assert f"{over}" in team.chat.cards[folds[0]].title or len(heads) > len(live)


async def test_a_short_outage_is_made_up_for_message_by_message(team: Team) -> None:
    await look(team, 1)
    team.chat.out = DOWN
    await team.type("/note 1 first")
    team.clock.advance(minutes=2)
    await team.type("/note 1 second")
    team.chat.out = None
    await passes(team, minutes=5)
    titles = [team.chat.cards[key].title for key in team.chat.order]
    assert [title for title in titles if title.startswith("Ana:")] == ["Ana: first", "Ana: second"]


@pytest.mark.parametrize("step", [-3600, 3600])
async def test_a_clock_that_is_set_makes_an_outage_neither_longer_nor_shorter(
    team: Team, step: int
) -> None:
    await look(team, 1)
    team.chat.out = DOWN
    long = step < 0
    await look(team, 1, 2)
    await look(team, 1, 2, 3)
    await passes(team, minutes=40 if long else 2)
    team.clock.step(seconds=step)
    await look(team, 1)
    team.chat.out = None
    await passes(team, minutes=10)
    assert [key.startswith("while-out-") for key in team.chat.order].count(True) == long


async def test_a_folded_case_that_begins_again_is_posted(team: Team) -> None:
    team.chat.out = DOWN
    await live_through_a_day(team, 4, 3)
    team.chat.out = None
    await passes(team, minutes=10)
    assert "C-2" not in team.chat.order
    await look(team, 2, 4)
    assert "C-2" in team.chat.order


async def test_a_line_that_a_dead_process_had_claimed_is_folded_with_its_case(team: Team) -> None:
    team.chat.out = DOWN
    await look(team, 1)
    await look(team, 1, 2)
    await team.type("/note 1 It is a copy")
    await look(team)
    await passes(team, minutes=40)
    [line] = await team.app.store.find(OUTBOX, "message", "C-1/2")
    async with team.app.store.transaction() as tx:
        tx.put(OUTBOX, msgspec.structs.replace(line, state=OutboxState.SENDING, owner="dead"))
    team.chat.out = None
    next_life = dataclasses.replace(team, dispatcher=OutboxDispatcher(team.app, "web", team.chat))
    await passes(next_life, minutes=10)
    assert await team.app.store.count(OUTBOX) == 0
    [fold] = team.chat.order
    assert fold.startswith("while-out-")


@pytest.mark.ci
async def test_an_alert_passes_thousands_of_notes(team: Team) -> None:
    await look(team, 1)
    async with team.app.store.transaction() as tx:
        for number in range(3000):
            team.clock.advance(seconds=0.01)
            team.app.outbox.post(tx, f"C-1/n{number}", Card(title="x" * 90), thread="C-1")
    before = len(team.chat.order)
    await team.look(OURS, offer(stranger(1), "18.70"), offer(stranger(2), "18.70"))
    assert team.chat.order.index("C-2") == before


async def test_several_notes_of_one_minute_are_one_message(team: Team) -> None:
    await look(team, 1)
    team.chat.out = DOWN
    for number in range(5):
        await team.type(f"/note 1 note {number}")
    before = len(team.chat.order)
    team.chat.out = None
    await passes(team, minutes=2)
    tried, joined = (team.chat.cards[key] for key in team.chat.order[before:])
    # The one that was tried may be there already, so it stays as it is.
    assert tried.title.endswith("note 0")
    said = f"{joined.title}\n{joined.body}"
    assert [f"note {number}" in said for number in range(1, 5)] == [True] * 4


async def write_lines(team: Team, head: str, count: int, *, loud: bool = False) -> None:
    """Write updates about something into its thread, one a minute."""
    for number in range(1, count + 1):
        async with team.app.store.transaction() as tx:
            card = Card(title=f"Update {number}", body="x" * 900)
            team.app.outbox.post(tx, f"{head}/{number}", card, thread=head, ping=loud)
        await passes(team, minutes=1)


@pytest.mark.parametrize(
    ("head", "says"),
    [("C-1", "See 28 earlier updates in the timeline: type /case 1."), ("Q-1", "in the timeline.")],
)
async def test_of_many_updates_the_last_are_named_and_what_shows_the_rest(
    team: Team, head: str, says: str
) -> None:
    await look(team, 1)
    async with team.app.store.transaction() as tx:
        team.app.outbox.post(tx, "Q-1", Card(title="Something else"))
    await passes(team, minutes=1)
    team.chat.out = DOWN
    await write_lines(team, head, 40)
    before, team.chat.out = len(team.chat.order), None
    await passes(team, minutes=10)
    [line] = [team.chat.cards[key] for key in team.chat.order[before:]]
    assert line.title == "40 updates while Web did not accept messages"
    assert says in line.body
    assert "Update 40" in line.body


@pytest.mark.parametrize("loud", [True, False])
async def test_a_head_that_is_to_come_pings_for_its_lines_and_a_quiet_one_silences_none(
    team: Team, loud: bool
) -> None:
    team.chat.out = DOWN
    async with team.app.store.transaction() as tx:
        team.app.outbox.post(tx, "C-77", Card(title="Something"), ping=loud)
    await write_lines(team, "C-77", 15, loud=True)
    team.chat.out = None
    await passes(team, minutes=10)
    pings = [key for key, message in team.chat.messages.items() if message.ping]
    assert len(pings) == 1
    assert (pings == ["C-77"]) is loud


@pytest.mark.parametrize("holder", [OWN, stranger(1)])
async def test_what_is_over_pings_if_one_of_it_would_have(team: Team, holder: str) -> None:
    team.chat.out = DOWN
    strangers = [offer(stranger(number), "24.99") for number in (1, 2)]
    for _ in range(2):
        await team.look(OURS, *strangers, holder=holder)
        team.clock.advance(minutes=11)
    await look(team)
    await passes(team, minutes=40)
    team.chat.out = None
    await passes(team, minutes=10)
    [fold] = team.chat.order
    assert team.chat.messages[fold].ping == (holder != OWN)


async def test_what_is_over_still_calls_whom_its_alerts_called(team: Team) -> None:
    oncall = Mention(chat="web", id="olu", name="Olu")
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, msgspec.structs.replace(Settings(), oncall=(oncall,)))
    team.chat.out = DOWN
    for _ in range(2):
        await team.look(OURS, offer(stranger(1), "24.99"), holder=stranger(1))
        await team.look(OURS, offer(stranger(2), "24.99"), holder=stranger(2))
        team.clock.advance(minutes=11)
    await look(team)
    await passes(team, minutes=20)
    team.chat.out = None
    await passes(team, minutes=10)
    [fold] = team.chat.order
    assert fold.startswith("while-out-")
    assert team.chat.messages[fold].mentions == (oncall,)


async def test_a_line_that_was_several_is_named_whole_among_many_updates(team: Team) -> None:
    await look(team, 1)
    team.chat.out = DOWN
    await team.type("/note 1 begins the outage")
    await passes(team, minutes=40)
    long = "word " * 300
    async with team.app.store.transaction() as tx:
        both = Card(title="Ana: first", body=f"• Ana: second\n{long}")
        team.app.outbox.post(tx, "C-1/901", both, thread="C-1", carries=("C-1/902",))
        team.app.outbox.post(tx, "C-1/903", Card(title="Ana: third", body=long), thread="C-1")
    team.chat.out = None
    await passes(team, minutes=10)
    summed_up = team.chat.cards[team.chat.order[-1]]
    assert summed_up.title.startswith("4 updates while")
    named = ["• Ana: begins the outage", "• Ana: first", "• Ana: second", "• Ana: third"]
    assert summed_up.body.splitlines() == named
