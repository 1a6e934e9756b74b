"""Photos that people drop into a case's thread in Slack."""

from __future__ import annotations

import pytest

from bot.features.cases.collections import ENTRIES
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind
from tests.fakes import MemoryEvidence
from tests.files import PICTURE, PROGRAM
from tests.platforms.slack.seen import seen
from tests.unit.adapters.slack.team import ALERTS, SlackTeam


@pytest.fixture(autouse=True)
def listening(at_work: SlackTeam) -> None:
    at_work.fake.reads_messages = True


async def kinds(at_work: SlackTeam) -> list[EvidenceKind]:
    return [piece.kind for piece in await at_work.team.app.store.page(EVIDENCE_ITEMS)]


async def test_a_photo_in_the_thread_is_evidence(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    await at_work.ana.post(ALERTS, "Look at the label", alert.ts, [PICTURE])
    assert "Added to C-1" in seen(await at_work.told(2)).text
    assert await kinds(at_work) == [EvidenceKind.PHOTO]
    note, _ = (await at_work.team.app.store.page(ENTRIES))[-2:]
    assert note.text == "Ana: Look at the label"
    await at_work.sends()
    # What we show there ourselves is no new photo.
    assert await kinds(at_work) == [EvidenceKind.PHOTO]


@pytest.mark.parametrize("text", ["note Look at the label", "Look at the label"])
async def test_a_photo_with_our_name_is_taken_once(at_work: SlackTeam, text: str) -> None:
    alert = await at_work.alert()
    await at_work.ana.mention(ALERTS, text, alert.ts, [PICTURE])
    assert "Added to C-1" in seen(await at_work.told(2)).text
    assert await kinds(at_work) == [EvidenceKind.PHOTO]
    note, _ = (await at_work.team.app.store.page(ENTRIES))[-2:]
    assert note.text == "Ana: Look at the label"


async def test_what_is_refused_there_is_told_and_the_rest_is_taken(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    await at_work.ana.post(ALERTS, "", alert.ts, [PICTURE, PROGRAM])
    told = seen(await at_work.told(2)).text
    assert "Added to C-1" in told
    assert "photo.png: It is a program" in told
    await at_work.ana.post(ALERTS, "", alert.ts, [PROGRAM])
    assert "photo.png: It is a program" in seen(await at_work.told(3)).text
    assert await kinds(at_work) == [EvidenceKind.PHOTO]


async def test_other_messages_are_dropped_unread(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    other = await at_work.ana.post(ALERTS, "Lunch?")
    calls = len(at_work.fake.requests)
    await at_work.ana.post(ALERTS, "Nice weather", alert.ts)
    await at_work.ana.post(ALERTS, "Our lunch", files=[PICTURE])
    await at_work.ana.post(ALERTS, "Our lunch", other.ts, [PICTURE])
    assert len(at_work.fake.requests) == calls
    assert await kinds(at_work) == []


async def test_a_guests_photo_is_not_taken(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    guest = at_work.fake.person("UVIK", "Vik", guest=True)
    at_work.channel.members.add(guest.id)
    assert isinstance(at_work.team.app.evidence, MemoryEvidence)
    kept = dict(at_work.team.app.evidence.kept)
    await guest.post(ALERTS, "Look", alert.ts, [PICTURE])
    await guest.mention(ALERTS, "Look", alert.ts, [PICTURE])
    await at_work.fake.until(lambda: guest.ephemerals)
    assert "Only members can" in seen(guest.ephemerals[-1]).text
    assert (len(guest.ephemerals), at_work.team.app.evidence.kept) == (1, kept)
