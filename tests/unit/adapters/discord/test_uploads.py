"""Files that people hand in to Discord."""

from __future__ import annotations

import pytest

from bot.core import forms
from bot.features.cases.collections import ENTRIES
from tests.fakes import MemoryEvidence
from tests.files import PICTURE, PROGRAM
from tests.platforms.discord.seen import seen
from tests.platforms.discord.state import Attachment
from tests.unit.adapters.discord.team import DiscordTeam, register_everywhere


async def test_a_message_with_a_picture_is_added_to_a_case(at_work: DiscordTeam) -> None:
    alert = await at_work.alert()
    ana = at_work.person()
    said = await ana.post(at_work.channel, "Look what came by post", [PICTURE])
    await ana.context_menu("Add to case", said)
    assert ana.modal is not None
    [label] = [each for each in ana.modal.labels if each == "Which case?"]
    [open_case] = await at_work.person().complete("case", {"number": "C-1"}, "number")
    await ana.fill_in({label: open_case[0]})
    await ana.submit()
    note, evidence = (await at_work.team.app.store.page(ENTRIES))[-2:]
    assert "Look what came by post" in note.text
    assert await at_work.team.app.evidence.read(evidence.files[0].content) == PICTURE[2]
    await at_work.sends()
    thread = at_work.fake.thread_of(alert)
    assert thread is not None
    assert seen(thread.messages[-1]).files == ("C-1-E-1.png",)


async def test_files_that_expired_are_told(at_work: DiscordTeam) -> None:
    await at_work.alert()
    ana = at_work.person()
    said = await ana.post(at_work.channel, "Look", [PICTURE, PICTURE])
    said.attachments[0].expired = True
    said.attachments[1].url = "https://evil.example/proof.png"
    await ana.context_menu("Add to case", said)
    assert ana.modal is not None
    assert "Files not added: 2. Attach them below." in "\n".join(seen(ana.modal).lines)


async def test_a_message_whose_file_is_refused_says_why_in_the_form(at_work: DiscordTeam) -> None:
    await at_work.alert()
    ana = at_work.person()
    said = await ana.post(at_work.channel, "Look", [PICTURE, PROGRAM])
    await ana.context_menu("Add to case", said)
    assert ana.modal is not None
    shown = "\n".join(seen(ana.modal).lines)
    assert "Files added: 1" in shown
    assert "It is a program" in shown


async def test_files_that_are_handed_in_are_kept(at_work: DiscordTeam) -> None:
    await at_work.alert()
    ana = at_work.person()
    await ana.command("note", {"case": "1"}, at_work.channel)
    assert ana.modal is not None
    [files] = [label for label, part in ana.modal.inputs.items() if part["type"] == 19]
    [words] = [label for label, part in ana.modal.inputs.items() if part["type"] == 4]
    await ana.fill_in({words: "From the test buy", files: [PICTURE]})
    await ana.submit()
    entry = (await at_work.team.app.store.page(ENTRIES))[-1]
    assert [each.name for each in entry.files] == ["C-1-E-1.png"]


async def test_a_file_that_is_larger_than_it_was_said_to_be_is_not_kept(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    [sent] = await quoted(at_work)
    sent.size = 1
    monkeypatch.setattr(forms, "FILE_BYTES", len(PICTURE[2]) - 1)
    assert await lost(at_work) == 1


async def test_no_file_is_fetched_from_where_discord_would_send_us(at_work: DiscordTeam) -> None:
    [sent] = await quoted(at_work)
    elsewhere = at_work.fake.keep("other.png", "image/png", b"other")
    sent.moved_to = elsewhere.url
    assert await lost(at_work) == 1


@pytest.mark.parametrize("url", ["https://cdn.discordapp.com@evil.example/a", "http://[::1/a", ""])
async def test_no_file_is_fetched_from_a_strange_address(at_work: DiscordTeam, url: str) -> None:
    [sent] = await quoted(at_work)
    sent.url = url
    assert await lost(at_work) == 1


async def test_nothing_is_kept_for_people_of_another_server(at_work: DiscordTeam) -> None:
    other = await at_work.fake.add_guild("Rivals", "general")
    mallory = at_work.fake.person("Mallory", administrator=True, guild=other)
    await register_everywhere(at_work, {"type": 3, "name": "Add to case"})
    said = await mallory.post(at_work.fake.channel("general", other), "Fill your disk", [PICTURE])
    assert (await mallory.context_menu("Add to case", said)).answered
    assert "works for another team" in seen(mallory.ephemerals[-1]).title
    assert isinstance(at_work.team.app.evidence, MemoryEvidence)
    assert at_work.team.app.evidence.kept == {}


async def quoted(at_work: DiscordTeam) -> list[Attachment]:
    """Write a message with a picture beside an alert."""
    await at_work.alert()
    said = await at_work.person().post(at_work.channel, "Look", [PICTURE])
    return said.attachments


async def lost(at_work: DiscordTeam) -> int:
    """Add the last message to a case, and return how many of its files were not taken over."""
    ana = at_work.person()
    await ana.context_menu("Add to case", at_work.channel.messages[-1])
    assert ana.modal is not None
    [count] = [
        line.partition("Files not added: ")[2].partition(".")[0]
        for line in seen(ana.modal).lines
        if "Files not added: " in line
    ]
    return int(count)
