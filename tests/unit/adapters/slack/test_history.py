"""What was posted is found again, by its key or by its words, in one reading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from adapters.slack.outbound import PAGES
from bot.core.cards import Card, Field, Tone
from bot.core.chat import Outgoing
from bot.errors import ChatError
from tests.fakes import found
from tests.platforms.slack.state import Message
from tests.unit.adapters.slack.team import ALERTS, SlackTeam

POST, READ = "chat.postMessage", "conversations.history"
FULL = Card(
    title="Unknown seller: Pan 1",
    tone=Tone.CRITICAL,
    body="Dealzone sells it.",
    fields=(Field("Price", "18.70 USD"),),
    footer="C-1 · opened 10:00",
    simulated=True,
)


def message(key: str = "C-1") -> Outgoing:
    return Outgoing(key=key, channel=ALERTS, card=Card(title=f"About {key}"))


async def test_one_reading_of_the_history_finds_all_that_is_asked_for(at_work: SlackTeam) -> None:
    chat = at_work.slack.chat
    refs = {f"C-{n}": await chat.post(message(f"C-{n}")) for n in range(30)}
    at_work.channel.history += [
        Message(ALERTS, at_work.fake.new_ts(), "UANA", f"No. {number}") for number in range(450)
    ]
    wanted = [message(key) for key in (*refs, "C-100")]
    assert await chat.find(wanted) == refs
    # Three pages tell that one is not there.
    assert len(at_work.fake.calls(READ)) == 3
    assert await chat.find([]) == {}


async def test_the_reading_ends_when_all_are_found_and_never_goes_on_for_ever(
    at_work: SlackTeam,
) -> None:
    chat = at_work.slack.chat
    at_work.channel.history += [
        Message(ALERTS, at_work.fake.new_ts(), "UANA", f"No. {number}") for number in range(6000)
    ]
    ref = await chat.post(message())
    assert await found(chat, message()) == ref
    assert len(at_work.fake.calls(READ)) == 1
    assert await found(chat, message("C-2")) is None
    assert len(at_work.fake.calls(READ)) == 1 + PAGES


@pytest.mark.parametrize("in_thread", [False, True])
async def test_a_lost_answer_is_found_by_its_words_where_slack_gives_no_metadata(
    at_work: SlackTeam, in_thread: bool
) -> None:
    chat, fake = at_work.slack.chat, at_work.fake
    fake.gives_metadata = False
    thread = await chat.post(message("head")) if in_thread else None
    asked = Outgoing(key="C-1", channel=ALERTS, card=FULL, thread=thread)
    wanted = [asked, msgspec.structs.replace(asked, key="C-2", plain=True)]
    lost = []
    for each in wanted:
        fake.faults.abort_after(POST)
        with pytest.raises(ChatError):
            await chat.post(each)
        lost.append(at_work.channel.history[-1].ts)
    others = msgspec.structs.replace(FULL, footer="C-2 · opened 10:00")
    never = msgspec.structs.replace(asked, key="C-3", card=others)
    # Two that say the same are two messages; a third one of them was never posted.
    places = await chat.find([*wanted, never, msgspec.structs.replace(asked, key="C-4")])
    assert {ref.id for ref in places.values()} == set(lost)
    assert never.key not in places
    assert len(places) == 2


async def test_words_tell_nothing_of_what_was_said_before_or_was_edited(
    at_work: SlackTeam,
) -> None:
    chat, fake = at_work.slack.chat, at_work.fake
    fake.gives_metadata = False
    old = await chat.post(message("C-1"))
    again = msgspec.structs.replace(message("C-9"), card=message("C-1").card)
    assert await found(chat, again) == old
    later = datetime.now(UTC) + timedelta(days=1)
    assert await found(chat, msgspec.structs.replace(again, written=later)) is None
    earlier = datetime.now(UTC) - timedelta(days=1)
    assert await found(chat, msgspec.structs.replace(again, written=earlier)) == old
    await chat.edit(old, again.card)
    assert await found(chat, again) is None


async def test_words_tell_a_message_into_which_a_line_was_put_since(at_work: SlackTeam) -> None:
    chat, now = at_work.slack.chat, datetime.now(UTC)
    at_work.fake.gives_metadata = False
    wanted = Outgoing(key="C-1", channel=ALERTS, card=FULL, written=now)
    ref = await chat.post(wanted)
    more = msgspec.structs.replace(FULL, body=f"{FULL.body}\nNot shown here: proof.png.")
    assert await found(chat, msgspec.structs.replace(wanted, card=more)) == ref
    other = msgspec.structs.replace(more, footer="C-2")
    assert await found(chat, msgspec.structs.replace(wanted, card=other)) is None


async def test_words_tell_nothing_where_slack_gives_metadata(at_work: SlackTeam) -> None:
    await at_work.slack.chat.post(message("C-1"))
    same = msgspec.structs.replace(message("C-9"), card=message("C-1").card)
    assert await found(at_work.slack.chat, same) is None
