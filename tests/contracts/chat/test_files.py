"""Files that people hand in, on every chat: what is taken, what is refused, and what is shown."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from PIL import ExifTags, Image
from structlog.testing import capture_logs

from adapters.capture.files import FileEvidence
from adapters.capture.pictures import PillowPictures
from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.core.files import Upload
from bot.features.cases.collections import ENTRIES
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.resources import PICTURES
from bot.features.evidence.rules.content import ContentKind
from bot.features.evidence.rules.hidden import hidden
from bot.features.evidence.rules.orders import read_orders
from tests.contracts.chat.rig import Answer, Rig
from tests.files import HOSTILE, PAPER, PICTURE, PROGRAM, File, jpeg, orders, webp
from tests.unit.conftest import Team

WORDS, FILES = "What should the team know?", "Photos or documents"
BUYER = (
    *("Marie Planted", "marie.planted@example.com", "+49 151 23456789"),
    *("Plantagenstrasse 17", "=HYPERLINK(1)"),
)
"""What stands in an order report and must be nowhere afterwards."""


@pytest.fixture
def team(team: Team, tmp_path: Path) -> Team:
    """The team keeps its evidence on a disk, and has who makes copies of pictures."""
    resources = team.app.resources.having(PICTURES, PillowPictures())
    object.__setattr__(team.app, "evidence", FileEvidence(tmp_path / "evidence"))
    object.__setattr__(team.app, "resources", resources)
    return team


async def hands_in(rig: Rig, alert: MessageRef, *files: File) -> str:
    """Hand files in with a note; return what the person reads then."""
    before = len(rig.private)
    await rig.presses("Add a note", alert)
    await rig.until(lambda: rig.form)
    await rig.fills_in({WORDS: "It came by post", FILES: files})
    await rig.hands_in()
    await rig.until(lambda: said(rig, before))
    return said(rig, before)


def said(rig: Rig, before: int) -> str:
    errors = rig.form.errors.values() if rig.form else ()
    return "\n".join([*errors, *(each.text for each in rig.private[before:])])


async def shown(rig: Rig, head: MessageRef) -> dict[str, bytes]:
    await rig.sends()
    return {
        name: content for each in await rig.replies(head) for name, content in each.files.items()
    }


def on_disk(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_file_is_refused_by_name_and_reason(
    rig: Rig, kind: str, tmp_path: Path
) -> None:
    alert = await rig.alert()
    file, reason = HOSTILE[kind]
    entries = await rig.team.app.store.count(ENTRIES)
    told = await hands_in(rig, alert, file)
    assert f"{file[0]}: " in told
    assert reason in told
    assert await rig.team.app.store.count(ENTRIES) == entries
    assert [each for each in on_disk(tmp_path) if file[2] and file[2] in each] == []


async def test_a_refused_file_is_told_beside_one_that_is_right(rig: Rig) -> None:
    alert = await rig.alert()
    entries = await rig.team.app.store.count(ENTRIES)
    told = await hands_in(rig, alert, PICTURE, PROGRAM, ("letter.html", "text/html", b"<h1>"))
    assert "photo.png: It is a program" in told
    assert "letter.html: It is a web page" in told
    assert "proof.png" not in told
    assert await rig.team.app.store.count(ENTRIES) == entries


async def test_what_is_handed_in_is_evidence(rig: Rig) -> None:
    alert = await rig.alert()
    assert "Added to C-1" in await hands_in(rig, alert, PICTURE, PAPER)
    pieces = await rig.team.app.store.page(EVIDENCE_ITEMS)
    assert [piece.kind for piece in pieces] == [EvidenceKind.PHOTO, EvidenceKind.PAPER]
    assert list(await shown(rig, alert)) == ["C-1-E-1.png", "C-1-E-2.pdf"]


@pytest.mark.parametrize("name", ["..\\..\\passwd", "C:\\Windows\\passwd.exe", "passwd"])
async def test_no_path_and_no_false_ending_is_in_a_name(rig: Rig, name: str) -> None:
    alert = await rig.alert()
    await hands_in(rig, alert, (name, "application/x-msdownload", PICTURE[2]))
    assert list(await shown(rig, alert)) == ["C-1-E-1.png"]


async def test_readers_see_a_copy_and_the_original_is_kept(rig: Rig) -> None:
    alert = await rig.alert()
    photo = jpeg("Taken at our secret warehouse")
    await hands_in(rig, alert, ("box.jpg", "image/jpeg", photo), ("b.webp", "image/webp", webp()))
    seen = await shown(rig, alert)
    assert list(seen) == ["C-1-E-1.jpg", "C-1-E-2.jpg"]
    assert all(content.startswith(b"\xff\xd8\xff") for content in seen.values())
    assert b"secret" not in seen["C-1-E-1.jpg"]
    [file, _] = [piece.file for piece in await rig.team.app.store.page(EVIDENCE_ITEMS)]
    assert file is not None
    assert await rig.team.app.evidence.read(file.content) == photo


@pytest.mark.parametrize("answer", ["", "Remove it", "Keep it"])
async def test_who_hands_in_a_photo_that_tells_its_place_is_asked(rig: Rig, answer: str) -> None:
    alert = await rig.alert()
    photo = telling()
    await hands_in_what_is_asked_about(rig, alert, ("box.jpg", "image/jpeg", photo))
    await rig.fills_in({"Hidden data in the original": answer} if answer else {})
    await rig.hands_in()
    await rig.until(lambda: "E-1: " in said(rig, 0))
    keeps = answer == "Keep it"
    assert ("E-1: The original contains" if keeps else "E-1: Removed") in said(rig, 0)
    [piece] = await rig.team.app.store.page(EVIDENCE_ITEMS)
    assert piece.file is not None
    kept = await rig.team.app.evidence.read(piece.file.content)
    assert (kept == photo) is keeps
    assert bool(hidden(ContentKind.JPEG, kept)) is keeps
    seen = await shown(rig, alert)
    assert hidden(ContentKind.JPEG, seen["C-1-E-1.jpg"]) == ()


async def hands_in_what_is_asked_about(rig: Rig, alert: MessageRef, file: File) -> None:
    await rig.presses("Add a note", alert)
    await rig.until(lambda: rig.form)
    await rig.fills_in({WORDS: "It came by post", FILES: (file,)})
    await rig.hands_in()
    await rig.until(lambda: rig.form and "Keep hidden data?" in rig.form.text)


def telling() -> bytes:
    """Return a photo that tells where it was taken."""
    exif, written = Image.Exif(), io.BytesIO()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 29.0)
    Image.new("RGB", (8, 8), (200, 30, 30)).save(written, "JPEG", exif=exif)
    return written.getvalue()


async def test_who_does_not_see_a_picture_is_told_what_it_shows(rig: Rig) -> None:
    content = await rig.team.app.evidence.keep(PICTURE[2], {"at": "now"})
    plain = Upload(*PICTURE[:2], len(PICTURE[2]), content)
    told = msgspec.structs.replace(plain, name="offers.png", alt='"Pan" fell from 9 offers to <2>.')
    card = Card(title="The quarter")
    sent = Outgoing(key="C-9", channel=rig.channel, card=card, files=(plain, told))
    ref = await rig.chat.post(sent)
    seen = [*await rig.messages(), *await rig.replies(ref)]
    alts = {name: alt for each in seen for name, alt in each.alts.items()}
    assert alts["offers.png"] == told.alt
    assert alts["proof.png"] in ("", "proof.png")


async def test_nothing_of_a_buyer_is_written_anywhere(
    rig: Rig, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    alert = await rig.alert()
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logs:
        told = await hands_in(rig, alert, ("orders.txt", "text/plain", orders(*BUYER)))
        seen = await shown(rig, alert)
    assert "Added to C-1" in told
    [order] = read_orders(seen["C-1-E-1.csv"]).orders
    assert (order.id, order.quantity) == ("111-1234567-1234567", 2)
    [piece] = await rig.team.app.store.page(EVIDENCE_ITEMS)
    assert piece.kind is EvidenceKind.ORDERS
    written = [*on_disk(tmp_path), str(logs).encode(), caplog.text.encode()]
    assert any(b"111-1234567-1234567" in each for each in written)
    assert planted(written) == []


def planted(written: Sequence[bytes]) -> list[str]:
    """Return what is found of the buyer."""
    words = [word for text in BUYER for word in (text, *text.split()) if len(word) > 3]
    return [word for word in words if any(word.encode() in each for each in written)]


async def test_files_of_a_form_with_a_wrong_answer_leave_nothing_behind(
    rig: Rig, tmp_path: Path
) -> None:
    await rig.types("papers add")
    await rig.until(lambda: rig.form)
    answers: dict[str, Answer] = {
        "What is it?": "Supplier invoice",
        "Document name": "Our invoice",
    }
    before = kept(tmp_path)
    for _ in range(3):
        wrong: dict[str, Answer] = {
            "For which products?": "the pan",
            "Document file": (PAPER,),
        }
        await rig.fills_in({**answers, **wrong})
        await rig.hands_in()
        await rig.until(lambda: rig.form and rig.form.errors)
        assert kept(tmp_path) == before
    await rig.fills_in({**answers, "For which products?": "", "Document file": (PAPER,)})
    await rig.hands_in()
    await rig.until(lambda: kept(tmp_path) != before)
    assert [path.read_bytes() for path in kept(tmp_path)] == [PAPER[2]]


def kept(folder: Path) -> list[Path]:
    """Return the pieces of evidence on the disk."""
    return list((folder / "evidence").glob("*/*"))
