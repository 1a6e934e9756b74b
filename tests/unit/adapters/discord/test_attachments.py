"""Files that go out with a message: all that Discord takes, and a word on the others."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from adapters.capture.files import FileEvidence
from adapters.discord import attachments
from adapters.discord.outbound import DiscordChat
from bot.core.cards import Card
from bot.core.chat import Outgoing
from bot.core.files import Upload
from bot.core.text import CUT
from bot.errors import ChatError
from tests.fakes import found
from tests.platforms.discord.seen import seen
from tests.platforms.discord.state import Channel
from tests.unit.adapters.discord.markdown import meanings
from tests.unit.adapters.discord.team import DiscordTeam

POST = "POST /channels/*/messages"
CARD = Card(title="From the test buy")


@pytest.fixture
def evidence(tmp_path: Path) -> FileEvidence:
    return FileEvidence(tmp_path / "evidence")


@pytest.fixture
def chat(at_work: DiscordTeam, evidence: FileEvidence) -> DiscordChat:
    chat = DiscordChat(evidence.read)
    chat.client = at_work.discord.chat.client
    return chat


async def upload(evidence: FileEvidence, name: str, size: int) -> Upload:
    digest = await evidence.keep(name.encode().ljust(size), {"at": "now"})
    return Upload(name, "image/png", size, digest)


def message(at_work: DiscordTeam, *files: Upload) -> Outgoing:
    return Outgoing(key="C-1/2", channel=str(at_work.channel.id), card=CARD, files=files)


def shown(channel: Channel) -> list[tuple[str, ...]]:
    return [seen(each).files for each in channel.messages]


async def test_a_file_that_cannot_be_read_is_told_and_holds_nothing_back(
    at_work: DiscordTeam, chat: DiscordChat, evidence: FileEvidence
) -> None:
    kept = await upload(evidence, "kept.png", 10)
    missing = Upload("*lost* @everyone.png", "image/png", 10, "0" * 64)
    ref = await chat.post(message(at_work, missing, kept))
    [posted] = at_work.channel.messages
    assert seen(posted).files == ("kept.png",)
    assert (
        "A file could not be read from the evidence: *lost* @everyone.png" in seen(posted).lines[1]
    )
    assert meanings(posted.content.partition("\n")[2]) == []
    assert await found(chat, message(at_work, missing, kept)) == ref


async def test_a_word_on_a_file_is_no_part_of_the_threads_name(
    at_work: DiscordTeam, chat: DiscordChat
) -> None:
    head = message(at_work, Upload("lost.png", "image/png", 10, "0" * 64))
    await chat.post(Outgoing(key="C-1/3", channel="", card=CARD, thread=await chat.post(head)))
    thread = at_work.fake.thread_of(at_work.channel.messages[0])
    assert thread is not None
    assert thread.name.endswith("From the test buy")


async def test_ten_files_that_cannot_be_read_find_room(
    at_work: DiscordTeam, chat: DiscordChat
) -> None:
    missing = [Upload("*" * 150, "image/png", 10, str(number) * 64) for number in range(10)]
    await chat.post(message(at_work, *missing))
    assert len(seen(at_work.channel.messages[0]).lines) >= 11


async def test_a_file_that_is_too_large_is_told(
    at_work: DiscordTeam, chat: DiscordChat, evidence: FileEvidence
) -> None:
    kept = await upload(evidence, "kept.png", attachments.LARGEST)
    large = await upload(evidence, "film.mp4", attachments.LARGEST * 2)
    await chat.post(message(at_work, large, kept))
    [posted] = at_work.channel.messages
    assert seen(posted).files == ("kept.png",)
    assert (
        "A file is too large for Discord; it is still in the evidence: film.mp4"
        in seen(posted).lines[1]
    )


async def test_what_stands_for_a_picture_is_cut_visibly_where_discord_has_no_room(
    at_work: DiscordTeam, chat: DiscordChat, evidence: FileEvidence
) -> None:
    file = await upload(evidence, "chart.png", 10)
    alts = ("", "Offers fell.", "x" * 1025)
    files = [msgspec.structs.replace(file, alt=alt) for alt in alts]
    await chat.post(message(at_work, *files))
    [posted] = at_work.channel.messages
    shown = [each.description for each in posted.attachments]
    assert shown == ["", "Offers fell.", "x" * 1023 + CUT]


async def test_more_than_fits_follows_in_further_messages(
    at_work: DiscordTeam, chat: DiscordChat, evidence: FileEvidence
) -> None:
    files = [await upload(evidence, f"{number}.png", 9_000_000) for number in range(5)]
    at_work.fake.faults.fail(POST, 502)
    with pytest.raises(ChatError):
        await chat.post(message(at_work, *files))
    await chat.post(message(at_work, *files))
    assert shown(at_work.channel) == [("0.png", "1.png"), ("2.png", "3.png"), ("4.png",)]
    sent = [len(each.content) for said in at_work.channel.messages for each in said.attachments]
    assert sent == [9_000_000] * 5
    titles = [seen(each).title for each in at_work.channel.messages]
    assert "From the test buy" in titles[0]
    assert "More files (3 of 3)" in titles[2]
    assert at_work.fake.violations == []


async def test_files_that_did_not_follow_are_found_missing_and_follow_once(
    at_work: DiscordTeam, chat: DiscordChat, evidence: FileEvidence
) -> None:
    files = [await upload(evidence, f"{number}.png", 9) for number in range(21)]
    wanted = message(at_work, *files)
    first, second, third = attachments.parts(wanted)
    ref = await chat.post(first)
    at_work.fake.faults.lose_answer(POST)
    with pytest.raises(ChatError):
        await chat.post(second)
    assert await found(chat, wanted) == ref
    assert await found(chat, wanted) == ref
    assert [len(names) for names in shown(at_work.channel)] == [10, 10, 1]
    assert third.key == "C-1/2/files-3"
