"""A photo that tells where it was taken: who hands it in is asked, and unasked nothing leaves."""

from __future__ import annotations

import io

import pytest
from PIL import ExifTags, Image

from bot.core.collections import AUDIT, AUDIT_KEYS, DAILY_INTAKES, POSTED
from bot.core.files import Hidden
from bot.core.forms import Answers, Choice
from bot.core.intake import Intake
from bot.core.interactions import Command, Place, Quote, Reply
from bot.features.evidence.collections import CUSTODY, EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceItem
from bot.features.evidence.rules.content import ContentKind
from bot.features.evidence.rules.hidden import hidden
from bot.features.reports.models.packets import enclosed
from bot.features.rights.collections import RIGHTS_DOCUMENTS
from tests.fakes import MemoryEvidence
from tests.files import pdf
from tests.unit.conftest import BEN, PLACE, Team, asked, card_text, notice
from tests.unit.features.reports.reporting import CASE, TEST_BUY, start


def photo(*, tells: bool = True, colour: int = 90) -> bytes:
    exif = Image.Exif()
    if tells:
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 29.0)
    written = io.BytesIO()
    Image.new("RGB", (16, 16), (colour, 30, 30)).save(written, "JPEG", exif=exif)
    return written.getvalue()


@pytest.fixture
async def hit(team: Team) -> Team:
    await start(team)
    return team


async def hand_in(team: Team, *contents: bytes) -> list[Reply]:
    """Hand pictures in as what they send; return what follows."""
    ask = asked(await team.press("collect", CASE, BEN))
    ask = asked(await team.submit(ask, {"what": "received"}, BEN))
    files = Intake(team.app)
    given = tuple([await files.take(f"{n}.jpg", each) for n, each in enumerate(contents)])
    answers: Answers = {"files": given, "caption": "The logo is printed"}
    return await team.submit(ask, answers, BEN, files=files)


async def the_piece(team: Team) -> EvidenceItem:
    return (await team.app.store.page(EVIDENCE_ITEMS))[-1]


async def custody(team: Team) -> str:
    return "\n".join([each.detail for each in await team.app.store.page(CUSTODY)])


def kept(team: Team) -> list[bytes]:
    assert isinstance(team.app.evidence, MemoryEvidence)
    return list(team.app.evidence.kept.values())


def telling(contents: list[bytes]) -> list[bytes]:
    return [each for each in contents if each[:2] == b"\xff\xd8" and hidden(ContentKind.JPEG, each)]


async def test_a_photo_that_tells_nothing_asks_nothing(hit: Team) -> None:
    assert notice(await hand_in(hit, photo(tells=False))) == "Added to C-1: E-1."
    piece = await the_piece(hit)
    assert piece.file is not None
    assert await hit.app.evidence.read(piece.file.content) == photo(tells=False)


async def test_a_photo_that_tells_a_place_asks_what_to_do_with_it(hit: Team) -> None:
    ask = asked(await hand_in(hit, photo(), photo(tells=False)))
    assert ask.form.intro.startswith(
        "picture.jpg contains the place where it was taken.\nAnyone who gets"
    )
    assert "picture-2.jpg" not in ask.form.intro
    [choice] = ask.form.inputs
    assert isinstance(choice, Choice)
    assert (choice.initial, choice.required) == ("out", False)
    assert await hit.app.store.count(EVIDENCE_ITEMS) == 0


async def test_a_photo_that_is_asked_about_is_no_act_yet(hit: Team) -> None:
    acts, keys = await hit.app.store.count(AUDIT), await hit.app.store.count(AUDIT_KEYS)
    ask = asked(await hand_in(hit, photo()))
    assert await hit.app.store.count(DAILY_INTAKES) == 1
    assert (await hit.app.store.count(AUDIT), await hit.app.store.count(AUDIT_KEYS)) == (acts, keys)
    await hit.submit(ask, {"hidden": "out"}, BEN)
    assert await hit.app.store.count(AUDIT) == acts + 1


@pytest.mark.parametrize("answer", [{}, {"hidden": ""}, {"hidden": "out"}])
async def test_unless_it_is_to_be_kept_it_is_taken_out(hit: Team, answer: Answers) -> None:
    ask = asked(await hand_in(hit, photo()))
    told = notice(await hit.submit(ask, answer, BEN))
    assert told == "Added to C-1: E-1.\nE-1: Removed: the place where it was taken."
    piece = await the_piece(hit)
    assert piece.file is not None
    content = await hit.app.evidence.read(piece.file.content)
    assert hidden(ContentKind.JPEG, content) == ()
    assert (piece.file.size, piece.file.whole) == (len(content), "")
    assert enclosed(piece).sha256 == piece.file.content
    assert (
        "E-1 Photo of the seller's product: Removed: the place where it was taken."
        in await custody(hit)
    )
    await hit.work()
    assert telling(kept(hit)) == []
    assert "Removed: the place" in card_text(await hit.type("/evidence 1"))


async def test_what_is_to_be_kept_is_kept_and_said_wherever_the_piece_is(hit: Team) -> None:
    ask = asked(await hand_in(hit, photo()))
    told = notice(await hit.submit(ask, {"hidden": "keep"}, BEN))
    assert "E-1: The original contains the place where it was taken." in told
    await hit.work()
    piece = await the_piece(hit)
    assert piece.file is not None
    assert await hit.app.evidence.read(piece.file.content) == photo()
    assert hidden(ContentKind.JPEG, await hit.app.evidence.read(piece.file.shown)) == ()
    assert piece.file.holds == (Hidden.PLACE,)
    assert "The original contains the place where it was taken." in await custody(hit)
    assert "The original contains the place" in card_text(await hit.type("/evidence 1"))


async def test_who_takes_it_out_does_not_take_it_from_who_kept_it(hit: Team) -> None:
    await hit.submit(asked(await hand_in(hit, photo())), {"hidden": "keep"}, BEN)
    waiting = asked(await hand_in(hit, photo()))
    await hit.submit(asked(await hand_in(hit, photo())), {"hidden": "out"}, BEN)
    await hit.work()
    assert len(telling(kept(hit))) == 1
    await hit.submit(waiting, {"hidden": "keep"}, BEN)
    await hit.work()
    for piece in await hit.app.store.page(EVIDENCE_ITEMS):
        assert piece.file is not None
        assert await hit.app.evidence.read(piece.file.content)


async def test_a_note_asks_as_well(hit: Team) -> None:
    ask = asked(await hit.type("/note"))
    files = Intake(hit.app)
    answers: Answers = {"case": "1", "note": "See.", "files": (await files.take("a", photo()),)}
    ask = asked(await hit.submit(ask, answers, files=files))
    told = notice(await hit.submit(ask, {}))
    assert told == "Added to C-1.\nE-1: Removed: the place where it was taken."


async def test_where_nothing_asks_it_is_taken_out(team: Team) -> None:
    ask = asked(await team.type("/papers add"))
    files = Intake(team.app)
    answers: Answers = {
        "kind": "invoice",
        "name": "Invoice",
        "file": (await files.take("a", photo()),),
    }
    ask = asked(await team.submit(ask, answers, files=files))
    assert telling(kept(team)) == []
    await team.submit(ask, {})
    [paper] = await team.app.store.page(RIGHTS_DOCUMENTS)
    assert paper.file is not None
    assert hidden(ContentKind.JPEG, await team.app.evidence.read(paper.file.content)) == ()


async def quoting(team: Team, where: Place, *, dropped: bool) -> list[Reply]:
    files = Intake(team.app)
    given = (await files.take("box.jpg", photo()),)
    command = Command(
        id=f"q{dropped}",
        who=BEN[0],
        role=BEN[1],
        where=where,
        at=team.clock.now,
        name="note",
        quote=Quote(text="Look", author="Ben", files=given, dropped=dropped),
    )
    return await team.router.handle(command, files)


async def test_files_of_a_message_are_bare_and_it_is_said_how_to_keep_more(hit: Team) -> None:
    ask = asked(await quoting(hit, PLACE, dropped=False))
    assert "picture.jpg: Removed: the place where it was taken." in ask.form.intro
    assert "To keep the removed data, press 'Collect evidence'" in ask.form.intro
    assert telling(kept(hit)) == []
    assert "Removed: " in notice(await hit.submit(ask, {"case": "1", "note": "x"}, BEN))


async def test_files_dropped_in_a_thread_are_bare_and_it_is_said_how_to_keep_more(
    hit: Team,
) -> None:
    [head, *_] = [each for each in await hit.app.store.page(POSTED) if each.message == "C-1"]
    thread = Place(chat=head.chat, channel=head.ref.channel, thread=head.ref.id)
    told = notice(await quoting(hit, thread, dropped=True))
    assert "E-1: Removed: the place where it was taken." in told
    assert "To keep the removed data, press 'Collect evidence'" in told
    assert telling(kept(hit)) == []


async def test_a_paper_that_acts_is_taken_and_that_is_said(hit: Team) -> None:
    ask = asked(await hit.type("/note"))
    files = Intake(hit.app)
    acts = pdf().replace(b"/Type", b"/OpenAction[3 0 R/Fit]/Type")
    answers: Answers = {"case": "1", "note": "See.", "files": (await files.take("a", acts),)}
    told = notice(await hit.submit(ask, answers, files=files))
    assert "E-1: It may start an action when you open or read it." in told
    assert "It may start an action" in card_text(await hit.type("/evidence 1"))


@pytest.mark.parametrize("result", ["different", "genuine"])
async def test_a_photo_of_an_order_confirmation_is_asked_about_too(hit: Team, result: str) -> None:
    ask = asked(await hit.press("collect", CASE, BEN))
    ask = asked(await hit.submit(ask, {"what": "test-buy"}, BEN))
    ask = asked(await hit.submit(ask, TEST_BUY, BEN))
    files = Intake(hit.app)
    given = (await files.take("order.jpg", photo()),)
    answers: Answers = {**TEST_BUY, "result": result, "files": given}
    ask = asked(await hit.submit(ask, answers, BEN, files=files))
    if result == "different":
        ask = asked(await hit.submit(ask, TEST_BUY, BEN))
    assert ask.form.id == "hidden"
    told = notice(await hit.submit(ask, {"hidden": "out"}, BEN))
    assert told.startswith("Added to C-1: E-1, E-2.")
    await hit.work()
    assert telling(kept(hit)) == []
