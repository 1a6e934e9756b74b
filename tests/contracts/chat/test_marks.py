"""Marking differences on two photos: in every chat with the grid, from one person to another."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from adapters.capture.files import FileEvidence
from adapters.capture.pictures import PillowPictures
from bot.core.chat import MessageRef
from bot.core.permissions import Role
from bot.core.spots import Spot
from bot.features.evidence.collections import COMPARISONS
from bot.features.evidence.resources import PICTURES
from tests.contracts.chat.rig import Rig
from tests.files import jpeg, png
from tests.unit.conftest import Team
from tests.unit.features.reports.reporting import CASE

THEIRS, OURS = (
    "Where on the photo of the seller's product?",
    "Where on the photo of the genuine product?",
)
WHAT, MORE = "What differs?", "Mark another difference?"


@pytest.fixture
def team(team: Team, tmp_path: Path) -> Team:
    """The team keeps its evidence on a disk, and has who draws on copies of pictures."""
    resources = team.app.resources.having(PICTURES, PillowPictures())
    object.__setattr__(team.app, "evidence", FileEvidence(tmp_path / "evidence"))
    object.__setattr__(team.app, "resources", resources)
    return team


async def hands_in(rig: Rig, alert: MessageRef, what: str, content: bytes, kind: str) -> None:
    before = len(rig.private)
    await rig.presses("Collect evidence", alert)
    await rig.until(lambda: rig.form)
    first = rig.form
    await rig.fills_in({"What do you want to add?": what})
    await rig.hands_in()
    await rig.until(lambda: rig.form and rig.form != first)
    file = (f"photo.{kind}", f"image/{kind}", content)
    await rig.fills_in({"Photos": (file,), "What do the files show?": "The logo"})
    await rig.hands_in()
    await rig.until(lambda: len(rig.private) > before)


async def marks(rig: Rig, what: str, theirs: str, ours: str, more: str = "No, that is all") -> None:
    await rig.fills_in({WHAT: what, THEIRS: theirs, OURS: ours, MORE: more})
    await rig.hands_in()


async def compares(rig: Rig) -> MessageRef:
    """Hand in two photos, have them shown under a grid, and open the form; return the alert."""
    alert = await rig.alert()
    await hands_in(rig, alert, "Photos of the seller's product", jpeg(), "jpeg")
    await hands_in(rig, alert, "Photos of the genuine product", png(), "png")
    await opens(rig, "Mark differences")
    await rig.team.work()
    await rig.sends()
    return alert


async def opens(rig: Rig, button: str) -> None:
    await rig.types("evidence 1")
    await rig.until(lambda: rig.private and button in rig.private[-1].buttons)
    await rig.presses(button)


async def test_both_photos_are_shown_under_a_grid(rig: Rig) -> None:
    replies = await rig.replies(await compares(rig))
    assert {"C-1-E-1-grid.jpg", "C-1-E-2-grid.jpg"} <= {
        name for each in replies for name in each.files
    }
    assert any("Add difference" in each.buttons for each in replies)


async def test_two_differences_are_marked_and_a_second_person_sees_them(rig: Rig) -> None:
    alert = await compares(rig)
    await opens(rig, "Mark differences")
    await rig.until(lambda: rig.form)
    await marks(rig, "Logo printed, ours is cast", "c3", "C4", "Yes")
    await rig.until(lambda: rig.form and "Difference 2" in rig.form.text)
    await marks(rig, "No batch number", "", "E5")
    await rig.until(lambda: "2 differences saved" in rig.private[-1].text)
    await rig.team.work()
    await rig.sends()
    await rig.become(Role.VIEWER)
    replies = await rig.replies(alert)
    text = "\n".join(each.text for each in replies)
    assert text.index("Logo printed, ours is cast") < text.index("No batch number")
    [drawn] = [each for each in replies if "C-1-E-1-E-2.jpg" in each.files]
    content = drawn.files["C-1-E-1-E-2.jpg"]
    assert Image.open(io.BytesIO(content)).format == "JPEG"
    assert "E-1 and E-2 side by side" in drawn.alts["C-1-E-1-E-2.jpg"]
    found = await rig.team.app.store.get(COMPARISONS, CASE)
    assert found is not None
    assert [each.received for each in found.differences] == [Spot.of_cell("C3"), None]
    assert [each.genuine for each in found.differences] == [Spot.of_cell("C4"), Spot.of_cell("E5")]


async def test_a_place_outside_of_the_grid_is_asked_for_again(rig: Rig) -> None:
    await compares(rig)
    await opens(rig, "Mark differences")
    await rig.until(lambda: rig.form)
    await marks(rig, "Logo printed, ours is cast", "Z9", "C4")
    await rig.until(lambda: "A1 or F6" in said(rig))
    found = await rig.team.app.store.get(COMPARISONS, CASE)
    assert found is not None
    assert found.differences == ()


def said(rig: Rig) -> str:
    """Return what is wrong, wherever the chat says it."""
    errors = rig.form.errors.values() if rig.form else ()
    return "\n".join([*errors, *(each.text for each in rig.private[-1:])])
