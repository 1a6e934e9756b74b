"""Nothing of a person, and no secret, is kept of what people type into these forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.secrets import looks_secret
from tests.unit.conftest import ANA, BEN, Team, asked
from tests.unit.features.letters.writing import (
    COMPLAINT,
    HAPPENED,
    MATTER,
    STORY,
    about,
    asking,
    drafted,
    proposed,
    requested,
    written,
)

PLANTS = {
    "mail": "jane.doe@mail.example",
    "phone": "+49 30 90182056",
    "password": "password: Sommer2026!",
    "name": "Dear Mrs Waterstone-Hale,",
}
TRACES = ("jane.doe", "mail.example", "90182056", "Sommer2026", "Waterstone")


def kept(folder: Path) -> bytes:
    """Return every byte that the store wrote."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def assert_clean(folder: Path) -> None:
    content = kept(folder)
    assert content
    assert [trace for trace in TRACES if trace.encode() in content] == []


async def test_the_search_sees_what_is_kept(team: Team, tmp_path: Path) -> None:
    await written(team)
    assert b"We are writing about your order" in kept(tmp_path)


plants = pytest.mark.parametrize(
    "plant",
    [
        pytest.param(text, id=name, marks=pytest.mark.ci if place else ())
        for place, (name, text) in enumerate(PLANTS.items())
    ],
)


@plants
@pytest.mark.parametrize("name", [*HAPPENED, "order", "ordered_on"])
async def test_of_the_forms_to_a_buyer(team: Team, tmp_path: Path, name: str, plant: str) -> None:
    ask = asked(await team.type("/buyer", BEN))
    for step in (HAPPENED, about(team)):
        if name in step:
            again = asked(await team.submit(ask, {**step, name: plant}, BEN))
            assert name in again.errors
        ask = asked(await team.submit(ask, {**step}, BEN))
    assert_clean(tmp_path)


@plants
async def test_of_the_text_to_a_buyer(team: Team, tmp_path: Path, plant: str) -> None:
    ask = await drafted(team)
    text = proposed(ask)
    again = asked(await team.submit(ask, {"text": f"{plant}\n{text}"}, BEN))
    assert plant in proposed(again)
    # Whoever wrote it has it at hand for a while, and nobody else.
    mine = proposed(asked(await team.press("continue", ask.session, BEN)))
    assert (plant in mine) is not bool(looks_secret(plant))
    assert proposed(asked(await team.press("continue", ask.session, ANA))) == text
    await team.submit(again, {"text": text}, BEN)
    assert_clean(tmp_path)


@plants
@pytest.mark.parametrize("name", [*MATTER, *COMPLAINT, *STORY])
async def test_of_the_forms_to_support(team: Team, tmp_path: Path, name: str, plant: str) -> None:
    matter = {**MATTER, "need": "false-complaint"}
    ask = asked(await team.type("/support", BEN))
    for step in (matter, COMPLAINT, STORY):
        if name in step:
            again = asked(await team.submit(ask, {**step, name: f"{plant} "}, BEN))
            assert name in again.errors
        ask = asked(await team.submit(ask, {**step}, BEN))
    assert_clean(tmp_path)


@plants
async def test_of_the_text_to_support(team: Team, tmp_path: Path, plant: str) -> None:
    ask = await asking(team, asked(await team.type("/support", BEN)))
    text = proposed(ask)
    again = asked(await team.submit(ask, {"text": f"{plant}\n{text}"}, BEN))
    assert again.errors
    await team.submit(again, {"text": text}, BEN)
    assert_clean(tmp_path)


@plants
async def test_of_amazons_answer_and_case_id(team: Team, tmp_path: Path, plant: str) -> None:
    await requested(team)
    ask = asked(await team.press("letter-sent", "000001", BEN))
    again = asked(await team.submit(ask, {"ticket": plant}, BEN))
    assert again.errors
    await team.submit(again, {"ticket": "12345678901"}, BEN)
    ask = asked(await team.press("letter-answered", "000001", BEN))
    again = asked(await team.submit(ask, {"outcome": "solved", "words": plant}, BEN))
    assert again.errors
    await team.submit(again, {"outcome": "solved", "words": "It is solved."}, BEN)
    assert_clean(tmp_path)


@plants
async def test_of_a_changed_text(team: Team, tmp_path: Path, plant: str) -> None:
    await written(team)
    ask = asked(await team.press("change-letter", "000001", BEN))
    again = asked(await team.submit(ask, {"text": f"{plant}\n{proposed(ask)}"}, BEN))
    assert again.errors
    assert_clean(tmp_path)
