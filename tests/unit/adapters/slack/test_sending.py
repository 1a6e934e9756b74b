"""What Slack refuses of one message holds back nothing else: over the real dispatcher and store."""

from __future__ import annotations

import pytest

from bot.core.chat_troubles import Topic, trouble_key
from bot.core.collections import OUTBOX, TROUBLES
from tests.files import PICTURE
from tests.platforms.slack.seen import seen
from tests.platforms.slack.state import Message
from tests.unit.adapters.slack.team import ALERTS, OURS, THEIRS, SlackTeam

POST, EDIT, ANNOUNCE = "chat.postMessage", "chat.update", "files.getUploadURLExternal"


async def thread(at_work: SlackTeam, alert: Message) -> str:
    """Let everything be sent, and return what the alert's thread says."""
    for _ in range(4):
        await at_work.sends()
    return "\n".join(seen(each).text for each in at_work.channel.thread(alert.ts))


async def waiting(at_work: SlackTeam) -> list[str]:
    rows = await at_work.team.app.store.find(OUTBOX, "chat", "slack")
    return [f"{row.op} {row.message}" for row in rows]


@pytest.mark.parametrize(
    "word", ["edit_window_closed", "cant_update_message", "is_inactive", "block_mismatch"]
)
async def test_an_edit_that_is_refused_for_good_leaves_the_thread_free(
    at_work: SlackTeam, word: str
) -> None:
    alert = await at_work.alert()
    at_work.fake.faults.error(EDIT, word, times=50)
    await at_work.ana.press(alert, "Acknowledge")
    await at_work.ana.mention(ALERTS, "note 1 They answered")
    said = await thread(at_work, alert)
    assert "Ana acknowledged it" in said
    assert "They answered" in said
    assert await waiting(at_work) == []


@pytest.mark.parametrize("word", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
@pytest.mark.parametrize("method", [POST, EDIT])
async def test_what_is_refused_for_its_form_goes_as_text(
    at_work: SlackTeam, word: str, method: str
) -> None:
    alert = await at_work.alert()
    at_work.fake.faults.error(method, word)
    await at_work.ana.press(alert, "Acknowledge")
    assert "Ana acknowledged it" in await thread(at_work, alert)
    shown = alert if method == EDIT else at_work.channel.thread(alert.ts)[0]
    assert shown.blocks == []
    assert await waiting(at_work) == []


@pytest.mark.parametrize("word", ["file_uploads_disabled", "storage_limit_reached"])
@pytest.mark.parametrize("metadata", [True, False])
async def test_a_file_that_is_refused_leaves_its_text_and_a_word(
    at_work: SlackTeam, word: str, metadata: bool
) -> None:
    at_work.fake.gives_metadata = metadata
    alert = await at_work.alert()
    await at_work.ana.command("/brand", "note 1", ALERTS)
    modal = await at_work.fake.until(lambda: at_work.ana.modal)
    assert modal is not None
    labels = seen(modal).inputs
    await at_work.ana.fill_in({labels[1]: "Look at the label", labels[2]: [PICTURE]})
    await at_work.ana.submit()
    at_work.fake.faults.error(ANNOUNCE, word, times=50)
    await at_work.ana.press(alert, "Acknowledge")
    said = await thread(at_work, alert)
    assert said.count("Look at the label") == 1
    assert "Not shown here: C-1-E-1.png. " in said
    assert word in said
    assert "Ana acknowledged it" in said
    assert await waiting(at_work) == []


@pytest.mark.parametrize("metadata", [True, False])
async def test_an_alert_whose_answer_is_lost_is_there_once_and_its_thread_goes_on(
    at_work: SlackTeam, metadata: bool
) -> None:
    at_work.fake.gives_metadata = metadata
    await at_work.ana.command("/watches", "", ALERTS)
    await at_work.sends()
    heads = len(at_work.channel.messages)
    await at_work.team.look(OURS, THEIRS)
    at_work.fake.faults.abort_after(POST)
    await at_work.sends()
    assert at_work.fake.faults.waiting == []
    assert await waiting(at_work) == ["post C-1"]
    await at_work.sends()
    [alert] = at_work.channel.messages[heads:]
    assert await waiting(at_work) == []
    await at_work.ana.press(alert, "Acknowledge")
    assert "Ana acknowledged it" in await thread(at_work, alert)
    assert [each.ts for each in at_work.channel.messages[heads:] if not each.is_reply] == [alert.ts]


async def test_a_line_that_finds_no_thread_stands_in_the_channel(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    at_work.fake.faults.error(POST, "restricted_action_non_threadable_channel")
    await at_work.ana.press(alert, "Acknowledge")
    await thread(at_work, alert)
    told = seen(at_work.channel.messages[-1]).text
    assert "Ana acknowledged it" in told
    assert "This belongs to this alert" in told
    assert await waiting(at_work) == []


@pytest.mark.parametrize("way", ["archived", "removed"])
async def test_a_channel_that_takes_nothing_is_told_and_goes_on_when_it_is_mended(
    at_work: SlackTeam, way: str
) -> None:
    alert = await at_work.alert()
    at_work.channel.archived = way == "archived"
    if way == "removed":
        at_work.channel.members.discard(at_work.fake.bot_user)
    await at_work.ana.press(alert, "Acknowledge")
    assert await thread(at_work, alert) == ""
    known = await at_work.team.app.store.get(TROUBLES, trouble_key("slack", Topic.ROOM))
    assert known is not None
    assert "/brand settings channel here" in known.remedy
    at_work.channel.archived = False
    at_work.channel.members.add(at_work.fake.bot_user)
    at_work.team.clock.advance(hours=2)
    said = await thread(at_work, alert)
    assert "Ana acknowledged it" in said
    assert await at_work.team.app.store.count(TROUBLES) == 0


async def test_a_chat_that_lets_nobody_in_is_asked_by_one_message_alone(
    at_work: SlackTeam,
) -> None:
    alert = await at_work.alert()
    await at_work.ana.press(alert, "Acknowledge")
    for number in range(20):
        await at_work.ana.command("/brand", f"note 1 No. {number}", ALERTS)
    at_work.fake.refuses = "token_revoked"
    asked = len(at_work.fake.calls(POST)) + len(at_work.fake.calls(EDIT))
    assert await thread(at_work, alert) == ""
    asked = len(at_work.fake.calls(POST)) + len(at_work.fake.calls(EDIT)) - asked
    assert asked <= 4
    known = await at_work.team.app.store.get(TROUBLES, trouble_key("slack", Topic.DELIVERY))
    assert known is not None
    assert "Reinstall the app" in known.remedy
    at_work.fake.refuses = ""
    at_work.team.clock.advance(hours=2)
    said = await thread(at_work, alert)
    assert "Ana acknowledged it" in said
    assert "No. 19" in said
