"""What was written about a buyer in a chat is gone once it is deleted, there and on the disk."""

from __future__ import annotations

import io
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from adapters.capture.files import FileEvidence
from adapters.capture.pictures import PillowPictures
from bot.bootstrap.application import EVIDENCE
from bot.bootstrap.capabilities import PACKETS, Packets
from bot.core.clocks import ConfirmedTime
from bot.core.collections import CONFIRMED_TIMES
from bot.core.forgetting import documents
from bot.core.naming import named
from bot.core.store import Naming
from bot.core.sweeping import Sweeping
from bot.core.vault_sweep import VaultSweep
from bot.core.views.lists import PAGE
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.views.case import case_title
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.resources import PICTURES
from bot.features.evidence.service.deleting import Retention
from bot.features.reports.collections import REPORTS
from bot.features.reports.resources import PACKER
from bot.features.rights.collections import BRAND_RIGHTS
from bot.features.rights.models import BrandRight, BrandRightKind
from tests.files import File
from tests.journeys.chat_doors import DOORS, Answers, Doors
from tests.journeys.test_deleted import (
    MAIL,
    PERSON,
    PHONE,
    SECRET,
    files_of,
    files_with,
    named_after_a_buyer,
)
from tests.journeys.test_privacy import log
from tests.journeys.traces import BUYER, layers, order_report, traces, traces_under
from tests.unit.conftest import Team, team

__all__ = ["log", "team"]

SEPARATE = "Sommer-2026x"
"""The secret without its label."""
NOTE, FILES = "What should the team know?", "Photos or documents"
WHAT, PHOTOS, CAPTION = "What do you want to add?", "Photos", "What do the files show?"
NEXT = "What should the next person know?"
KEPT: Answers = {"Hidden data in the original": "Keep it"}
WHY: Answers = {"Why?": "A buyer is named."}
TRADEMARK = BrandRight(
    number=1,
    kind=BrandRightKind.TRADEMARK,
    name="ALDER & FINCH",
    registration="7123456",
    country="US",
)
PIECES = 5
"""Photos that are taken: with two forms, by the menu, and twice in the thread."""
PLANTED = {"Quillfeather", "quillf@", "5550177", "Kastanienweg"}


@pytest.fixture(params=DOORS)
async def doors(
    request: pytest.FixtureRequest, team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Doors]:
    """The ways into a team that has an open case, and all that it works with under one folder."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    vault = FileEvidence(tmp_path / EVIDENCE)
    resources = team.app.resources.having(PICTURES, PillowPictures())
    resources = resources.having(PACKER, Packets(tmp_path / PACKETS, vault))
    object.__setattr__(team.app, "evidence", vault)
    object.__setattr__(team.app, "resources", resources)
    async with team.app.store.transaction() as tx:
        tx.put(BRAND_RIGHTS, TRADEMARK)
    async with DOORS[request.param](team) as doors:
        await doors.rig.alert()
        yield doors
        assert doors.rig.broken_rules() == []


def words(door: str) -> str:
    """Return what tells of the buyer; whoever wrote an address lately is not asked about it."""
    return f"{PERSON} {door}.{MAIL} {PHONE}"


def photo(number: int) -> File:
    """Return a photo whose name tells of a buyer, as does what it holds besides the picture."""
    exif, written = Image.Exif(), io.BytesIO()
    exif[ExifTags.Base.ImageDescription] = PERSON
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitude] = (51.0, 13.0, float(number))
    place[ExifTags.GPS.GPSAreaInformation] = b"ASCII\0\0\0" + BUYER["ship-address-1"].encode()
    Image.new("RGB", (8, 8), (200, 30, number)).save(written, "JPEG", exif=exif)
    return f"{PERSON} {number}.jpg", "image/jpeg", written.getvalue()


async def insists(doors: Doors, answers: Answers, field: str) -> None:
    """Send it with a secret, which stops, and then as it is until it is taken."""
    await doors.sends({**answers, field: f"{answers[field]} {SECRET}"})
    assert field in errors(doors)
    await doors.sends(answers)
    assert field in errors(doors)
    await doors.sends(answers)
    assert errors(doors) == {}


def errors(doors: Doors) -> dict[str, str]:
    return {**doors.rig.form.errors} if doors.rig.form else {}


async def typed(doors: Doors) -> None:
    """Write the buyer into a command."""
    assert "looks like it contains" in await doors.types(f"note 1 {PERSON} {SECRET}")
    assert "Remove it" in await doors.types(f"note 1 {words('typed')}")
    assert "Added to" in await doors.types(f"note 1 {words('typed')}")


async def filled_in(doors: Doors) -> None:
    """Write the buyer into forms, and hand in what tells of them."""
    await doors.presses("Add a note")
    await insists(doors, {NOTE: words("note"), FILES: (photo(1),)}, NOTE)
    await doors.sends(KEPT)
    await doors.presses("Collect evidence")
    await doors.sends({WHAT: "Photos of the seller's product"})
    await insists(doors, {PHOTOS: (photo(2),), CAPTION: words("caption")}, CAPTION)
    await doors.sends(KEPT)
    await doors.presses("Collect evidence")
    await doors.sends({WHAT: "Photos of the seller's product"})
    await doors.sends({PHOTOS: (photo(3),), CAPTION: f"{PERSON} {SECRET}"})
    assert CAPTION in errors(doors)
    await doors.closes()


async def chosen(doors: Doors) -> None:
    """Add a message of somebody to the case by its menu."""
    await doors.chooses(f"She wrote: {SECRET}", photo(4))
    assert doors.rig.form is None
    await doors.hears("looks like it contains")
    await doors.chooses(f"She is {words('menu')}", photo(5))
    await doors.hears("Remove it")
    await doors.chooses(f"She is {words('menu')}", photo(5))
    await doors.until(lambda: doors.rig.form)
    [case] = await doors.rig.team.app.store.page(CASES)
    await doors.sends({"Which case?": f"{case.label}: {case_title(case)}"})
    await doors.hears("Added to")


async def said(doors: Doors) -> None:
    """Write to the bot in the case's thread, and put files there."""
    for ways in (doors.calls, doors.drops):
        await ways(f"{PERSON} {SECRET}", photo(6))
        await doors.hears("looks like it contains")
        await ways(words(ways.__name__), photo(7))
        await doors.hears("Remove it")
        await ways(words(ways.__name__), photo(7))
        await doors.hears("Added to")


async def handed_in(doors: Doors) -> None:
    """Hand in papers and a report of orders."""
    await doors.types("papers add")
    told = {"What is it?": "Supplier invoice", "Document name": "Invoice 7"}
    await doors.sends({**told, "Document file": (photo(8),)})
    await doors.sends({})
    report = (f"{PERSON}.txt", "text/plain", order_report(1, "\t", "utf-8"))
    await doors.presses("Collect evidence")
    await doors.sends({WHAT: "Our order records, or why there are none"})
    await doors.sends({"Amazon's All Orders report": (report,)})


async def reported(doors: Doors) -> None:
    """Take the case to a packet."""
    rig, today = doors.rig, doors.rig.team.clock.now.date().isoformat()
    await doors.presses("Collect evidence")
    await doors.sends({WHAT: "A screenshot of the offer page, taken now"})
    await doors.presses("Collect evidence")
    await doors.sends({WHAT: "A test buy"})
    await doors.sends({"Order ID": "123-1234567-1234567", "Price of one unit": "34.90"})
    arrived: Answers = {"Ordered on": today, "Arrived on": today}
    await doors.sends({**arrived, "What arrived?": "Not what it should be"})
    seen: Answers = {"How did you find out?": "Compared side by side."}
    observed = "How does it differ from the genuine product?"
    await insists(doors, {**seen, observed: f"The logo. {words('bought')}"}, observed)
    await doors.presses("File a report")
    await doors.sends({"What is it about?": "A product that may not be ours"})
    detail = {"What do you see?": "A copy we did not make"}
    await doors.sends({**detail, "How do you know?": "We bought one and inspected it"})
    await doors.sends({"What now?": "Draft it"})
    await works(doors)
    # No packet is made of a text that tells of a buyer; the evidence in it still does.
    await without_the_buyer(doors)
    await doors.presses("Confirm")
    await works(doors)
    [report] = await rig.team.app.store.page(REPORTS)
    assert report.packet is not None
    packed = await rig.team.app.evidence.read(report.packet.archive.content)
    assert any(b"Quillfeather" in layer for layer in layers(packed))


async def without_the_buyer(doors: Doors) -> None:
    """Take out of the report's text what tells of the buyer: the version before has it still."""
    [report] = await doors.rig.team.app.store.page(REPORTS)
    clean = [line for line in report.text.splitlines() if not traces(line.encode())]
    assert clean != report.text.splitlines()
    await doors.presses("Edit text")
    await doors.sends({"Report text": "\n".join(clean)})


async def works(doors: Doors) -> None:
    """Let the program do its jobs and send what it has to say."""
    await doors.rig.team.work()
    await doors.rig.sends()


async def removed(doors: Doors) -> None:
    """Have all of it deleted, as an admin does in this chat."""
    store = doors.rig.team.app.store
    await doors.presses("Close")
    note = {"Why are you closing it?": "Another reason"}
    await insists(doors, {**note, NEXT: f"{words('closed')} is happy"}, NEXT)
    [case] = await store.page(CASES)
    for entry in await store.find(ENTRIES, "case", case.key):
        if traces(entry.words.encode()):
            await doors.types(f"redact 1 {entry.place}")
            await doors.sends(WHY)
            await doors.hears(f"Removed the text of entry {entry.place}")
    for place, piece in enumerate(await store.find(EVIDENCE_ITEMS, "case", case.key)):
        await doors.types("evidence 1")
        for _ in range(place // PAGE):
            await doors.presses("Next")
        await doors.presses(f"Delete {piece.label}")
        await doors.sends(WHY)
        await doors.hears(f"Deleted {piece.label}")
    await doors.types("papers remove 1")
    await doors.types("settings keep 30")


async def days_pass(doors: Doors, days: int) -> None:
    """Let the periodic work run as it does each day, by a time beyond doubt."""
    app, clock = doors.rig.team.app, doors.rig.team.clock
    works_daily = (Sweeping(app), Retention(app), VaultSweep(app))
    for _ in range(days):
        clock.advance(days=1)
        async with app.store.transaction() as tx:
            tx.put(CONFIRMED_TIMES, ConfirmedTime(at=clock.now))
        for work in works_daily:
            await work.tick()
        await works(doors)


@pytest.mark.ci
async def test_what_was_written_about_a_buyer_in_a_chat_is_gone_once_it_is_deleted(
    doors: Doors, tmp_path: Path, log: io.StringIO
) -> None:
    for plants in (typed, filled_in, chosen, said, handed_in, reported):
        await plants(doors)
        await works(doors)
    assert set().union(*traces_under(tmp_path).values()) >= PLANTED
    assert traces(doors.shown()) >= PLANTED
    assert [*named_after_a_buyer(tmp_path)] == []
    assert len(doors.pictures()) == PIECES
    assert set().union(*map(traces, doors.pictures())) == set()
    await removed(doors)
    await days_pass(doors, 72)
    store = doors.rig.team.app.store
    await store.compact()
    assert traces(doors.shown()) == set()
    assert traces_under(tmp_path) == {}
    assert traces(log.getvalue().encode()) == set()
    assert [*files_with(tmp_path, SEPARATE.encode())] == []
    assert SEPARATE not in log.getvalue()
    assert SEPARATE.encode() not in doors.shown()
    left = {path.name for path in files_of(tmp_path / EVIDENCE)}
    async for each in documents(store, Naming.HOLDS, Naming.SHOWS):
        left -= set(named(each))
    assert left == set()
