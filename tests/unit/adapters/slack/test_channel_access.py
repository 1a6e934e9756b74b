"""Slack tells by itself that alerts cannot arrive any more: it is noted, and that it is over."""

from __future__ import annotations

import pytest

from adapters.slack.channel_access import EVENTS
from bot.core.chat_troubles import Topic, Trouble, trouble_key
from bot.core.collections import TROUBLES
from tests.unit.adapters.slack.team import ALERTS, SlackTeam


async def trouble(at_work: SlackTeam) -> Trouble | None:
    return await at_work.team.app.store.get(TROUBLES, trouble_key("slack", Topic.ROOM))


async def test_being_removed_is_told_and_being_invited_ends_it(at_work: SlackTeam) -> None:
    await at_work.alert()
    assert (await at_work.fake.loses_bot(ALERTS)).acked
    known = await trouble(at_work)
    assert known is not None
    assert known.cause == "I was removed from the channel for alerts."
    assert "/invite @Brandwarden" in known.remedy
    assert "/brand settings channel here" in known.remedy
    await at_work.ana.invite_bot(ALERTS)
    assert await trouble(at_work) is None


async def test_an_archived_channel_is_told_and_one_brought_back_ends_it(
    at_work: SlackTeam,
) -> None:
    await at_work.alert()
    await at_work.fake.archives(ALERTS)
    known = await trouble(at_work)
    assert known is not None
    assert known.cause == "The channel for alerts was archived."
    assert "Unarchive it" in known.remedy
    at_work.fake.faults.error("conversations.info", "internal_error")
    await at_work.fake.archives(ALERTS, back=True)
    assert await trouble(at_work) is not None
    await at_work.fake.archives(ALERTS, back=True)
    assert await trouble(at_work) is None


async def test_a_channel_brought_back_without_us_is_still_in_trouble(at_work: SlackTeam) -> None:
    await at_work.alert()
    await at_work.fake.archives(ALERTS)
    at_work.channel.members.discard(at_work.fake.bot_user)
    await at_work.fake.archives(ALERTS, back=True)
    assert await trouble(at_work) is not None


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("channel_left", "removed from"),
        ("group_left", "removed from"),
        ("group_archive", "archived"),
        ("channel_deleted", "deleted"),
        ("group_deleted", "deleted"),
    ],
)
async def test_every_way_to_lose_the_channel_is_told(
    at_work: SlackTeam, kind: str, says: str
) -> None:
    await at_work.alert()
    assert (await at_work.fake.happens(kind, channel=ALERTS)).acked
    known = await trouble(at_work)
    assert known is not None
    assert says in known.cause
    assert "/brand settings channel here" in known.remedy


async def test_a_channel_that_gets_another_id_is_told(at_work: SlackTeam) -> None:
    await at_work.alert()
    ids = {"old_channel_id": ALERTS, "new_channel_id": "C0NEW"}
    await at_work.fake.happens("channel_id_changed", **ids)
    known = await trouble(at_work)
    assert known is not None
    assert "new ID" in known.cause


async def test_what_happens_to_others_and_elsewhere_is_nothing_to_us(at_work: SlackTeam) -> None:
    await at_work.alert()
    own, asked = at_work.fake.bot_user, len(at_work.fake.requests)
    assert (await at_work.fake.happens("member_left_channel", user="UANA", channel=ALERTS)).acked
    assert (await at_work.fake.happens("member_left_channel", user=own, channel="C2")).acked
    for kind in EVENTS:
        assert (await at_work.fake.happens(kind, channel="C2", user="UANA")).acked
        for odd in (None, {"id": ALERTS}, [ALERTS]):
            assert (await at_work.fake.happens(kind, channel=odd, tokens=odd)).acked
    assert await trouble(at_work) is None
    assert {each.method for each in at_work.fake.requests[asked:]} <= {"auth.test"}
