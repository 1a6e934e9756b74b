"""What is chosen in a card's menu: read with care, and cleared so that it can be chosen again."""

from __future__ import annotations

import asyncio

import pytest

from adapters.discord.render import SELECT
from bot.core.cards import Button, Card, Menu
from bot.core.chat import Outgoing
from bot.core.interactions import AnyInteraction, Post, Reply, Update
from bot.features.cases.collections import CASES
from tests.platforms.discord.rest_interactions import COMPONENT
from tests.platforms.discord.seen import seen
from tests.platforms.discord.state import Message
from tests.unit.adapters.discord.team import DiscordTeam
from tests.unit.features.reports.reporting import CASE

ITEMS = (
    Button(label="It is seen", action="acknowledge", ref=CASE),
    Button(label="Close it", action="close", ref=CASE),
    Button(label="Open cases", action="run", ref="cases"),
)
CARD = Card(title="Unknown seller on Pan", menu=Menu("More", ITEMS))


async def posted(at_work: DiscordTeam) -> Message:
    await at_work.alert()
    channel = str(at_work.channel.id)
    at_work.person().ephemerals.clear()
    await at_work.discord.chat.post(Outgoing(key="menu", channel=channel, card=CARD))
    return at_work.channel.messages[-1]


def chosen(message: Message) -> list[list[str]]:
    """Return what somebody still sees as chosen."""
    return [values for each in message.chosen.values() for values in each.values()]


async def test_a_choice_is_cleared_first_and_then_answered_for_one(at_work: DiscordTeam) -> None:
    card, ana = await posted(at_work), at_work.person()
    before = seen(card)
    assert (await ana.press(card, "Open cases")).response == 7
    await at_work.fake.until(lambda: ana.ephemerals)
    assert "1 case (open)" in seen(ana.ephemerals[-1]).title
    assert (chosen(card), seen(card)) == ([], before)


async def test_a_choice_without_an_answer_is_cleared_too(at_work: DiscordTeam) -> None:
    card, ana = await posted(at_work), at_work.person()
    assert (await ana.press(card, "It is seen")).response == 7
    assert (chosen(card), ana.ephemerals) == ([], [])


async def test_a_form_opens_at_once_and_the_choice_is_cleared_behind_it(
    at_work: DiscordTeam,
) -> None:
    card, ana = await posted(at_work), at_work.person()
    before = seen(card)
    assert (await ana.press(card, "Close it")).response == 9
    await at_work.fake.until(lambda: card.edits)
    assert (chosen(card), seen(card)) == ([], before)
    assert ana.modal is not None
    assert at_work.fake.refusals == []


async def test_slow_work_clears_the_choice_while_it_goes_on(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, ana, gate = await posted(at_work), at_work.person(), asyncio.Event()
    monkeypatch.setattr("adapters.discord.answers.PATIENCE", 0)
    handle = at_work.team.router.handle

    async def slow(asked, files):  # type: ignore[no-untyped-def]
        await gate.wait()
        return await handle(asked, files)

    monkeypatch.setattr(at_work.team.router, "handle", slow)
    assert (await ana.press(card, "Close it")).response == 7
    assert chosen(card) == []
    gate.set()
    await at_work.fake.until(lambda: ana.ephemerals)
    assert seen(ana.ephemerals[-1]).buttons == ("Continue",)


async def test_what_a_menu_shows_takes_the_place_of_a_card_for_one(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def handle(asked: AnyInteraction, _: object) -> list[Reply]:
        return [Post(CARD) if asked.audience == "nobody" else Update(CARD)]

    await at_work.alert()
    ana = at_work.person()
    monkeypatch.setattr(at_work.team.router, "handle", handle)
    await ana.command("help", channel=at_work.channel)
    shown = len(ana.ephemerals)
    for _ in range(2):
        assert (await ana.press(ana.ephemerals[-1], "Close it")).response == 7
    assert len(ana.ephemerals) == shown


@pytest.mark.parametrize(
    "values",
    [
        [],
        None,
        "acknowledge:" + CASE,
        ["acknowledge:" + CASE] * 2,
        ["acknowledge:" + CASE, "close:" + CASE],
        [{"value": "acknowledge:" + CASE}],
        [7],
        ["acknowledge:" + CASE + " " * 100],
        ["acknowledge:" + "0" * 100_000],
        ["gone:1"],
        ["menu"],
        [""],
    ],
)
async def test_what_no_menu_can_have_sent_does_nothing_and_is_answered(
    at_work: DiscordTeam, values: object
) -> None:
    card, ana = await posted(at_work), at_work.person()
    data = {"id": 1, "custom_id": SELECT, "component_type": 3, "values": values}
    if values is None:
        del data["values"]
    act = await ana._act(COMPONENT, card.channel, data, card)  # what no person can do
    assert act.response == 7
    await at_work.fake.until(lambda: ana.ephemerals)
    assert "from an older version" in seen(ana.ephemerals[-1]).title
    [case] = await at_work.team.app.store.page(CASES)
    assert (case.acknowledged_by, case.open) == (None, True)
