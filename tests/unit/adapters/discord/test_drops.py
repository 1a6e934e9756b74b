"""Photos with which people call the bot in a case's thread in Discord."""

from __future__ import annotations

from bot.features.cases.collections import ENTRIES
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind
from tests.files import PICTURE, PROGRAM
from tests.platforms.discord.seen import seen
from tests.platforms.discord.state import Channel
from tests.unit.adapters.discord.team import DiscordTeam


async def thread(at_work: DiscordTeam) -> Channel:
    """Return the thread of an alert, in which something is said."""
    alert = await at_work.alert()
    await at_work.person().press(alert, "Acknowledge")
    await at_work.sends()
    found = at_work.fake.thread_of(alert)
    assert found is not None
    return found


def calling(at_work: DiscordTeam, words: str) -> str:
    return f"<@{at_work.fake.guild.bot.id}> {words}"


async def kinds(at_work: DiscordTeam) -> list[EvidenceKind]:
    return [piece.kind for piece in await at_work.team.app.store.page(EVIDENCE_ITEMS)]


async def test_a_photo_with_the_bots_name_is_evidence(at_work: DiscordTeam) -> None:
    place, store = await thread(at_work), at_work.team.app.store
    triggered = len(at_work.team.scheduler.triggered)
    await at_work.person().post(place, calling(at_work, "note Look at it"), [PICTURE])
    await at_work.fake.until(lambda: len(at_work.team.scheduler.triggered) > triggered)
    note, _ = (await store.page(ENTRIES))[-2:]
    assert note.text == "Ana: Look at it"
    assert await kinds(at_work) == [EvidenceKind.PHOTO]
    await at_work.sends()
    assert "Ana added evidence: E-1" in "\n".join(seen(place.messages[-1]).lines)


async def test_what_is_refused_there_is_said_in_an_answer(at_work: DiscordTeam) -> None:
    place = await thread(at_work)
    before = len(place.messages)
    await at_work.person().post(place, calling(at_work, ""), [PICTURE, PROGRAM])
    await at_work.fake.until(lambda: len(place.messages) == before + 2)
    told = place.messages[-1].content
    assert "Added to C-1" in told
    assert "It is a program" in told
    assert await kinds(at_work) == [EvidenceKind.PHOTO]


async def test_what_does_not_call_the_bot_is_left_alone(at_work: DiscordTeam) -> None:
    place = await thread(at_work)
    await at_work.person().post(place, "Look", [PICTURE])
    await at_work.person().post(at_work.channel, calling(at_work, "Look"), [PICTURE])
    await at_work.person().post(place, calling(at_work, "Look"))
    await at_work.person().command("watches", channel=at_work.channel)
    assert await kinds(at_work) == []
