"""What people wrote of an attack is removed by its label, with or without a case."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bot.core.forms import Answers
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack, SourceKind
from bot.features.cases.collections import ENTRIES
from tests.unit.conftest import BEN, THIEF, Team, card_text
from tests.unit.features.attacks.test_attacks import log
from tests.unit.features.reviews.quarterly import shown
from tests.unit.redacted import TRACE, WHY, WORDS, assert_gone, on_disk, redact, refused

ADDRESS: Answers = {"source_kind": "address", "source": "roe.example"}


async def stored(team: Team) -> Attack:
    [attack] = await team.app.store.page(ATTACKS)
    return attack


async def test_an_attack_of_a_case_loses_its_words_there_too(team: Team, tmp_path: Path) -> None:
    await log(team, what={"damage": WORDS}, who=ADDRESS)
    assert TRACE in repr(team.chat.cards)
    assert on_disk(tmp_path)
    assert on_disk(tmp_path, "roe.example")
    assert "Removed the text of A-1." in await redact(team, "A-1")
    await assert_gone(team, tmp_path)
    await assert_gone(team, tmp_path, "roe.example")
    assert f"Ana removed the text of A-1: {WHY}" in card_text(await team.type("/case 1"))
    attack = await stored(team)
    assert (attack.damage, attack.source_kind) == ("[removed]", SourceKind.UNKNOWN)
    assert await refused(team, "A-1") == "A-1 has no text to remove."


FELL = "Ratings fell from 4.6 to 4.1"


async def kept(team: Team, number: int) -> Attack:
    found = await team.app.store.get(ATTACKS, f"{number:06d}")
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["A-2", "1 {}"])
@pytest.mark.parametrize("damage", [WORDS, FELL, ""])
async def test_another_attack_from_the_same_address_keeps_its_words(
    team: Team, name: str, damage: str
) -> None:
    await log(team, what={"damage": FELL}, who=ADDRESS)
    await log(team, "/log-attack 1", what={"damage": damage}, who=ADDRESS)
    first = await kept(team, 1)
    entries = await team.app.store.find(ENTRIES, "case", "00000001")
    telling = [entry for entry in entries if entry.facts]
    assert [entry.facts[-1].value for entry in telling] == ["Ben as A-1", "Ben as A-2"]
    await redact(team, name.format(telling[1].place))
    assert await kept(team, 1) == first
    assert await team.app.store.get(ENTRIES, telling[0].key) == telling[0]
    second = await kept(team, 2)
    assert (second.words, second.source_kind) == ((), SourceKind.UNKNOWN)
    assert await team.app.store.get(ENTRIES, telling[1].key) == telling[1].redacted


async def test_the_other_way_round_the_second_keeps_its_words(team: Team) -> None:
    for number in range(1, 12):
        start = "/log-attack 1" if number > 1 else "/attack"
        await log(team, start, what={"damage": FELL}, who=ADDRESS)
    others = [await kept(team, number) for number in range(2, 12)]
    # A-1 begins the labels of, and is not theirs.
    await redact(team, "A-1")
    assert (await kept(team, 1)).words == ()
    assert [await kept(team, number) for number in range(2, 12)] == others


async def test_an_attack_without_a_case_says_who_removed_its_words(
    team: Team, tmp_path: Path
) -> None:
    await log(team, what={"damage": "Sales fell"}, who=ADDRESS)
    # As an earlier version logged what was over.
    alone = msgspec.structs.replace(await stored(team), number=2, case=0, damage=WORDS)
    async with team.app.store.transaction() as tx:
        tx.put(ATTACKS, alone)
    assert on_disk(tmp_path)
    await redact(team, "A-2")
    await assert_gone(team, tmp_path)
    assert await refused(team, "A-2") == (
        f"The text of A-2 was removed by Ana, 23 Nov 10:00: {WHY}"
    )
    assert "A-2" in card_text(await team.type("/attacks list"))


async def test_no_address_is_in_pictures_because_these_cannot_be_changed(
    team: Team, tmp_path: Path
) -> None:
    for _ in range(3):
        await log(team, who=ADDRESS)
    await log(team, who={**ADDRESS, "source": "other.example"})
    await log(team, who={"source_kind": "seller", "source": THIEF})
    await team.press("show-attacks", "", BEN)
    await team.work()
    [posted] = [each for key, each in team.chat.messages.items() if key.startswith("pictures/")]
    told = " ".join([shown(posted.card), *(file.alt for file in posted.files)])
    [drawn] = [chart for chart in team.printer.charts if chart.title == "Who attacks us"]
    for where in (told, repr(drawn)):
        assert "roe.example" not in where
        assert "other.example" not in where
        assert THIEF in where
    assert "Address of A-1: 3 (3 in total" in told
    assert "Address of A-4: 1" in told
    for number in range(1, 4):
        await redact(team, f"A-{number}")
    await assert_gone(team, tmp_path, "roe.example")


async def test_a_seller_stays(team: Team) -> None:
    await log(team, what={"damage": ""})
    assert await refused(team, "A-1") == "A-1 has no text to remove."
    assert "There is no attack 'A-7'." in await refused(team, "A-7")
