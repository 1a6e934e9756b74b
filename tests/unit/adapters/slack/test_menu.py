"""What is chosen in a card's menu comes to the router as a button would; nothing else does."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.buttons import MENU
from bot.core.cards import Button, Card, Menu
from bot.core.chat import Outgoing
from bot.features.cases.collections import CASES, ENTRIES
from tests.platforms.slack import payloads
from tests.platforms.slack.acknowledged import only_ack
from tests.platforms.slack.seen import seen
from tests.platforms.slack.state import Message
from tests.unit.adapters.slack.team import ALERTS, SlackTeam
from tests.unit.features.reports.reporting import CASE

WORDS = {"type": "plain_text", "text": "It is seen", "emoji": False}
SEEN = f"acknowledge:{CASE}"
CARD = Card(
    title="Unknown seller on Pan",
    buttons=(Button(label="Assign to me", action="assign", ref=CASE),),
    menu=Menu("More", (Button(label="It is seen", action="acknowledge", ref=CASE),)),
)


async def posted(at_work: SlackTeam) -> Message:
    await at_work.alert()
    await at_work.slack.chat.post(Outgoing(key="menu", channel=ALERTS, card=CARD))
    return at_work.channel.messages[-1]


async def test_what_is_in_the_menu_is_pressed_like_a_button(at_work: SlackTeam) -> None:
    card = await posted(at_work)
    assert (seen(card).buttons, seen(card).menu) == (
        ("Assign to me", "It is seen"),
        ("It is seen",),
    )
    assert (await at_work.ana.press(card, "It is seen")).acked
    await at_work.team.work()
    [case] = await at_work.team.app.store.page(CASES)
    assert case.acknowledged_by is not None


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"selected_option": None},
        {"selected_option": SEEN},
        {"selected_option": [{"text": WORDS, "value": SEEN}]},
        {"selected_option": {"text": WORDS}},
        {"selected_option": {"text": WORDS, "value": None}},
        {"selected_option": {"text": WORDS, "value": [SEEN]}},
        {"selected_option": {"text": WORDS, "value": SEEN + " " * 100}},
        {"selected_option": {"text": WORDS, "value": "acknowledge:" + "0" * 100_000}},
        {"selected_option": {"text": WORDS, "value": "gone:1"}},
        {"selected_option": {"text": WORDS, "value": MENU}},
        {"selected_options": [{"text": WORDS, "value": SEEN}]},
        {"value": SEEN},
    ],
)
async def test_what_no_menu_can_have_sent_does_nothing_and_is_answered(
    at_work: SlackTeam, action: dict[str, Any]
) -> None:
    card = await posted(at_work)
    block = card.attachments[0]["blocks"][-1]["block_id"]
    sent = {"type": "overflow", "action_id": MENU, "block_id": block, **action}
    payload = payloads.pressed(at_work.fake, at_work.ana.user, card, sent)
    assert (await at_work.fake.deliver("interactive", payload, only_ack(at_work.fake))).acked
    assert "from an older version" in seen(await at_work.told(2)).text
    assert await at_work.team.app.store.count(ENTRIES) == 1
