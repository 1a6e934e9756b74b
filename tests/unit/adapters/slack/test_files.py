"""Files on their way to Slack and from it."""

from __future__ import annotations

from unittest.mock import patch

import msgspec
import pytest

from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.core.files import Upload
from bot.core.text import CUT
from bot.errors import ChatError
from bot.features.cases.collections import ENTRIES
from tests.fakes import found
from tests.files import PAPER, PICTURE, PROGRAM
from tests.platforms.slack.acknowledged import only_ack
from tests.platforms.slack.payloads import shortcut
from tests.platforms.slack.seen import seen
from tests.platforms.slack.state import Message
from tests.unit.adapters.slack.team import ALERTS, SlackTeam

COMPLETE = "files.completeUploadExternal"


async def with_file(at_work: SlackTeam, key: str, thread: MessageRef | None = None) -> Outgoing:
    name, kind, bytes_ = PICTURE
    content = await at_work.team.app.evidence.keep(bytes_, {"at": "now"})
    file = Upload(name, kind, len(bytes_), content)
    return Outgoing(key=key, channel=ALERTS, card=Card(title=key), thread=thread, files=(file,))


def files_below(at_work: SlackTeam, head: str) -> list[str]:
    return [file.name for said in at_work.channel.thread(head) for file in said.files]


@pytest.mark.parametrize("in_thread", [False, True])
async def test_files_are_missed_though_another_message_has_one_of_that_name(
    at_work: SlackTeam, in_thread: bool
) -> None:
    chat = at_work.slack.chat
    thread = await chat.post(await with_file(at_work, "head")) if in_thread else None
    wanted = await with_file(at_work, "C-1", thread)
    at_work.fake.faults.status("upload", 500)
    with pytest.raises(ChatError):
        await chat.post(wanted)
    await chat.post(await with_file(at_work, "C-2"))
    known = await found(chat, wanted)
    assert known is not None
    head = thread or known
    assert files_below(at_work, head.id) == ["proof.png"] * (2 if in_thread else 1)


@pytest.mark.parametrize("in_thread", [False, True])
async def test_files_whose_answer_was_lost_are_not_posted_again(
    at_work: SlackTeam, in_thread: bool
) -> None:
    chat = at_work.slack.chat
    plain = Outgoing(key="head", channel=ALERTS, card=Card(title="head"))
    thread = await chat.post(plain) if in_thread else None
    wanted = await with_file(at_work, "C-1", thread)
    at_work.fake.faults.abort_after(COMPLETE)
    with pytest.raises(ChatError):
        await chat.post(wanted)
    known = await found(chat, wanted)
    assert known is not None
    assert files_below(at_work, (thread or known).id) == ["proof.png"]
    assert len(at_work.fake.calls(COMPLETE)) == 1


async def shown_of(at_work: SlackTeam, said: Message, **changed: object) -> str:
    """Choose to add a message to a case, whose file Slack describes otherwise; return the form."""
    told = shortcut(at_work.fake, at_work.ana.user, "add-to-case", said)
    told["message"]["files"][0].update(changed)
    assert (await at_work.fake.deliver("interactive", told, only_ack(at_work.fake))).acked
    modal = await at_work.fake.until(lambda: at_work.ana.modal)
    assert modal is not None
    return seen(modal).text


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1.example.com/files-pri/1",
        "http://files.slack.com@example.com/1",
        "https://example.com/https://files.slack.com/1",
        "http://files.slack.com/1",
        "http://[",
        "",
    ],
)
async def test_the_token_goes_to_slack_alone(at_work: SlackTeam, url: str) -> None:
    await at_work.alert()
    said = await at_work.ana.post(ALERTS, "Look", files=[PICTURE])
    with patch("aiohttp.ClientSession.get", side_effect=AssertionError):
        shown = await shown_of(at_work, said, url_private_download=url, url_private=url)
    assert "Files not added: 1" in shown


async def test_a_file_that_is_too_large_is_not_taken_over(at_work: SlackTeam) -> None:
    await at_work.alert()
    said = await at_work.ana.post(ALERTS, "Look", files=[PICTURE])
    with patch("bot.core.forms.FILE_BYTES", 5):
        assert "Files not added: 1" in await shown_of(at_work, said, size=1)


async def test_a_message_whose_file_is_refused_says_why_in_the_form(at_work: SlackTeam) -> None:
    await at_work.alert()
    said = await at_work.ana.post(ALERTS, "Look", files=[PROGRAM, PICTURE])
    shown = await shown_of(at_work, said)
    assert "Files added: 1" in shown
    assert "A file: It is a program" in shown


@pytest.mark.parametrize("file", [PICTURE, PAPER])
async def test_what_was_sent_is_evidence_and_the_login_page_is_none(
    at_work: SlackTeam, file: tuple[str, str, bytes]
) -> None:
    await at_work.alert()
    said = await at_work.ana.post(ALERTS, "Look", files=[file])
    at_work.fake.scopes.discard("files:read")
    assert "Files not added: 1" in await shown_of(at_work, said)
    await at_work.ana.close_modal()
    at_work.fake.scopes.add("files:read")
    assert "Files not added" not in await shown_of(at_work, said)


async def test_files_of_which_one_is_lost_are_not_half_kept(at_work: SlackTeam) -> None:
    await at_work.alert()
    await at_work.ana.command("/brand", "note 1", ALERTS)
    modal = await at_work.fake.until(lambda: at_work.ana.modal)
    assert modal is not None
    labels = seen(modal).inputs
    await at_work.ana.fill_in({labels[1]: "Both", labels[2]: [PICTURE, PAPER]})
    at_work.fake.faults.status("download", 500)
    await at_work.ana.submit()
    assert "It did not arrive" in str(modal.errors)
    assert await at_work.team.app.store.count(ENTRIES) == 1


async def test_what_stands_for_a_picture_is_cut_visibly_where_slack_has_no_room(
    at_work: SlackTeam,
) -> None:
    wanted = await with_file(at_work, "C-1")
    alts = ("", "Offers fell.", "x" * 1001)
    files = tuple(msgspec.structs.replace(wanted.files[0], alt=alt) for alt in alts)
    await at_work.slack.chat.post(msgspec.structs.replace(wanted, files=files))
    shown = [file.alt for said in at_work.channel.history for file in said.files]
    assert shown == ["", "Offers fell.", "x" * 999 + CUT]


async def test_a_lost_answer_is_found_at_the_end_of_a_long_thread(at_work: SlackTeam) -> None:
    chat = at_work.slack.chat
    head = await chat.post(Outgoing(key="head", channel=ALERTS, card=Card(title="head")))
    at_work.channel.history += [
        Message(ALERTS, at_work.fake.new_ts(), "UANA", f"No. {number}", thread_ts=head.id)
        for number in range(1500)
    ]
    wanted = await with_file(at_work, "C-1", head)
    at_work.fake.faults.abort_after(COMPLETE)
    with pytest.raises(ChatError):
        await chat.post(wanted)
    known = await found(chat, wanted)
    assert known == MessageRef(ALERTS, at_work.channel.history[-2].ts)
    assert files_below(at_work, head.id) == ["proof.png"]
    assert await found(chat, msgspec.structs.replace(wanted, key="C-2")) is None


async def test_a_lost_answer_is_found_behind_what_others_said_since(at_work: SlackTeam) -> None:
    chat = at_work.slack.chat
    wanted = Outgoing(key="C-1", channel=ALERTS, card=Card(title="C-1"))
    at_work.fake.faults.abort_after("chat.postMessage")
    with pytest.raises(ChatError):
        await chat.post(wanted)
    lost = at_work.channel.history[-1].ts
    at_work.channel.history += [
        Message(ALERTS, at_work.fake.new_ts(), "UANA", f"No. {number}") for number in range(1500)
    ]
    assert await found(chat, wanted) == MessageRef(ALERTS, lost)
