"""Messages go out once and at Slack's pace, whatever Slack or the network does."""

from __future__ import annotations

import html
from unittest.mock import patch

import msgspec
import pytest

from adapters.slack.outbound import SlackChat
from adapters.slack.render import TEXT, content
from bot.core.cards import BODY, Button, Card, Field, Snippet, Tone
from bot.core.chat import MessageRef, Outgoing
from bot.errors import ChatError, MessageGone
from tests.fakes import found
from tests.platforms.slack.seen import nested, seen
from tests.unit.adapters.slack.team import ALERTS, SlackTeam

POST = "chat.postMessage"


def message(key: str = "C-1", channel: str = ALERTS) -> Outgoing:
    return Outgoing(key=key, channel=channel, card=Card(title=f"About {key}"))


@pytest.mark.parametrize("in_thread", [False, True])
async def test_a_lost_answer_is_found_in_the_history(at_work: SlackTeam, in_thread: bool) -> None:
    head = await at_work.slack.chat.post(message("head"))
    thread = head if in_thread else None
    wanted = msgspec.structs.replace(message(), thread=thread)
    at_work.fake.faults.abort_after(POST)
    with pytest.raises(ChatError):
        await at_work.slack.chat.post(wanted)
    known = await found(at_work.slack.chat, wanted)
    shown = at_work.channel.thread(head.id) if in_thread else at_work.channel.messages
    assert known == MessageRef(ALERTS, shown[-1].ts)
    other = msgspec.structs.replace(message("C-2"), thread=thread)
    assert await found(at_work.slack.chat, other) is None


@pytest.mark.parametrize("status", [500, 503])
async def test_a_refusal_posts_nothing_and_is_told(at_work: SlackTeam, status: int) -> None:
    at_work.fake.faults.status(POST, status)
    with pytest.raises(ChatError):
        await at_work.slack.chat.post(message())
    assert await found(at_work.slack.chat, message()) is None


async def test_slack_says_how_long_to_wait(at_work: SlackTeam) -> None:
    at_work.fake.faults.rate_limit(POST, 7)
    with pytest.raises(ChatError) as caught:
        await at_work.slack.chat.post(message())
    assert caught.value.retry_after == 7


async def test_a_channel_gets_one_message_a_second(at_work: SlackTeam) -> None:
    with patch("adapters.slack.outbound.PACE", 0.2):
        for number in range(4):
            await at_work.slack.chat.post(message(f"C-{number}"))
    assert at_work.fake.too_fast(0.19) == []


async def test_the_process_after_a_killed_process_keeps_the_pace(at_work: SlackTeam) -> None:
    before = at_work.slack.chat
    with patch("adapters.slack.outbound.PACE", 0.2):
        await before.post(message("C-1"))
        after = SlackChat(before.client, before.workspace, before.read)
        await after.post(message("C-2"))
    assert at_work.fake.too_fast(0.19) == []


async def test_what_was_deleted_is_told_as_gone(at_work: SlackTeam) -> None:
    gone = MessageRef(ALERTS, "1.000001")
    with pytest.raises(MessageGone):
        await at_work.slack.chat.edit(gone, Card(title="New"))


async def test_a_channel_without_us_says_what_to_do(at_work: SlackTeam) -> None:
    at_work.fake.add_channel("C9", "closed", bot=False)
    with pytest.raises(ChatError) as caught:
        await at_work.slack.chat.post(message(channel="C9"))
    assert "/invite @Brandwarden" in caught.value.remedy


FULL = Card(
    title="Unknown seller: <!channel> & more",
    tone=Tone.CRITICAL,
    body="Dealzone sells it.\n<@UANA>",
    fields=(Field("Price", "18.70 USD"),),
    buttons=(
        Button(label="Open the listing", url="https://www.amazon.com/dp/B0ALDER001?a=1&b=2"),
        Button(label="Acknowledge", action="acknowledge", ref="1"),
    ),
    footer="C-1 · opened 10:00",
    simulated=True,
)


async def test_a_message_without_its_form_says_the_same_as_text(at_work: SlackTeam) -> None:
    chat = at_work.slack.chat
    plain = Outgoing(key="C-1", channel=ALERTS, card=FULL, plain=True)
    ref = await chat.post(plain)
    [shown] = at_work.channel.history
    assert shown.blocks == shown.attachments == []
    for said in ("SIMULATED", "Unknown seller: <!channel> & more", "Price: 18.70 USD", "C-1"):
        assert said in seen(shown).text
    assert "https://www.amazon.com/dp/B0ALDER001?a=1&b=2" in seen(shown).text
    assert await found(chat, plain) == ref
    await chat.edit(ref, FULL)
    assert shown.blocks
    await chat.edit(ref, FULL, plain=True)
    assert shown.blocks == shown.attachments == []


@pytest.mark.parametrize("sign", ["&", "& ", "x", "x ", "\n"])
def test_text_without_form_fits_and_is_cut_between_words(sign: str) -> None:
    body, text = ((sign * BODY)[:most] for most in (BODY, 1700))
    card = Card(title="t" * 150, body=body, snippets=(Snippet(label="Copy", text=text),))
    text = content(card, plain=True)["text"]
    assert len(text) <= TEXT
    assert html.escape(html.unescape(text), quote=False) == text
    assert text.startswith(f"{Tone.INFO.symbol} ttt")


async def test_what_finds_no_thread_stands_beside_its_alert_and_leads_to_it(
    at_work: SlackTeam,
) -> None:
    chat = at_work.slack.chat
    alert = await chat.post(message("head"))
    told = msgspec.structs.replace(message("C-1/2"), beside=alert)
    ref = await chat.post(told)
    shown = at_work.channel.messages[-1]
    assert "This belongs to this alert" in seen(shown).text
    [link] = [part["url"] for part in nested(shown.blocks) if part.get("type") == "link"]
    assert alert.id.replace(".", "") in link
    assert await found(chat, told) == ref
    await chat.post(msgspec.structs.replace(told, key="C-1/3", plain=True))
    assert link in seen(at_work.channel.messages[-1]).text
    at_work.fake.faults.error("chat.getPermalink", "internal_error")
    await chat.post(msgspec.structs.replace(told, key="C-1/4"))
