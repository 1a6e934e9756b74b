"""From an alert to a report that Amazon accepts and to the seller's return, in both chats."""

from __future__ import annotations

import asyncio
import io
import re
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from adapters.capture.pages import check_available
from bot.errors import UserError
from tests.files import File
from tests.journeys.hands import Answers, Hands, InDiscord, InSlack, files_in_both, goes_by
from tests.journeys.lives import ROOT
from tests.journeys.office import (
    ALERTS,
    SLACK_ALERTS,
    Office,
    discord_text,
    open_office,
    slack_text,
)

pytestmark = pytest.mark.browser

PAN, THIEF, SHOP = "B0ALDER001", "A1QX7ZP9KD4W2M", "BrightLeaf Store 88"
ARRIVED, LEFT, BACK = 14, 80, 110
"""Seconds of the demo's story at which a stranger sells the pan, is gone, and sells it again."""
ORDERS = "114-1234567-1234567", "114-7654321-7654321"
RIGHT: tuple[Answers, Answers] = (
    {
        "What is it?": "Trademark",
        "The mark's words, the work, the invention": "ALDER & FINCH",
        "Country": "US",
        "Registration number": "7123456",
        "Status": "Registered",
    },
    {"Owner, as registered": "Alder & Finch Ltd", "Classes": "21", "Expires on": "2034-05-14"},
)
WHAT = "What do you add?"
COPY: tuple[Answers, Answers] = (
    {"What is it about?": "A product that is not ours, or may not be"},
    {
        "What do you see?": "A copy: we did not make it",
        "How do you know?": "We bought one and looked at it",
    },
)
TAKEOVER: tuple[Answers, Answers] = (
    {"What is it about?": "Our page was changed, or copied"},
    {"What do you see?": "Text, pictures or brand of our page changed"},
)
SEAL = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    try:
        await check_available()
    except UserError:
        pytest.skip("no Chromium: run make browser")
    async with open_office(tmp_path) as office:
        await office.start()
        yield office
        assert office.slack.violations == office.slack.mentions == []
        assert office.slack.too_fast(0.9) == []
        assert office.discord.violations == office.discord.pings == []
        assert office.discord.refusals == []


async def test_a_case_is_reported_from_both_chats_until_the_seller_returns(
    office: Office,
) -> None:
    ana, ben = InSlack(office), InDiscord(office)
    await _owns_a_right(office, ana, ben)
    await _alerts(office, ana)
    await _collects(office, ana, ben)
    await _is_reported(office, "R-1", COPY, author=ben, other=ana)
    await _is_reported(office, "R-2", TAKEOVER, author=ana, other=ben)
    await _is_removed(office, ben)
    await _comes_back(office)
    assert await office.end(signal.SIGTERM) == 0


async def _owns_a_right(office: Office, ana: Hands, ben: Hands) -> None:
    """What the admin enters in Slack is read in Discord."""
    await office.ana.invite_bot(SLACK_ALERTS)
    await ana.command("rights", "add")
    await ana.answer(*RIGHT)
    await office.in_slack(lambda: office.ana.ephemerals)
    assert "is in the register" in slack_text(office.ana.ephemerals[-1])
    await ben.command("rights")
    assert "7123456" in discord_text(office.ben.ephemerals[-1])


async def _alerts(office: Office, ana: Hands) -> None:
    await ana.command("watch", PAN)
    await office.in_slack(lambda: "Watching" in slack_text(office.ana.ephemerals[-1]))
    office.world.advance(ARRIVED)
    await office.in_slack(office.slack_alerts)
    await office.in_discord(office.discord_alerts)


async def _collects(office: Office, ana: Hands, ben: Hands) -> None:
    """Each chat hands in a part; all of it is seen in both."""
    await ben.press("C-1", "Collect evidence")
    await ben.answer({WHAT: "A picture of the offer's page, taken now"})
    picture, text = await files_in_both(office, ".png", ".txt")
    assert min(Image.open(io.BytesIO(picture)).size) > 800
    assert SHOP in text.decode()
    for hands, order in zip((ana, ben), ORDERS, strict=True):
        await hands.press("C-1", "Collect evidence")
        await hands.answer({WHAT: "A test buy"}, _test_buy(order))
        await office.told_in_both(f"{hands.name} added evidence: ")
    await _hands_in(ana, "Photos of what they send", ("theirs.jpg", "image/jpeg", _photo()))
    genuine = _picture("PNG")
    await _hands_in(ben, "Photos of the genuine product", ("genuine.png", "image/png", genuine))
    [theirs] = await files_in_both(office, "theirs.jpg")
    await files_in_both(office, "genuine.png")
    assert not _tells_where(theirs)


async def _hands_in(hands: Hands, what: str, file: File) -> None:
    await hands.press("C-1", "Collect evidence")
    await hands.answer({WHAT: what}, {"Photos": [file], "What do they show?": "The logo"})


async def _is_reported(
    office: Office, report: str, questions: tuple[Answers, Answers], author: Hands, other: Hands
) -> None:
    await author.press("C-1", "File a report")
    await author.answer(*questions)
    await office.told_in_both(f"{report} Draft")
    assert "somebody else" in await author.refused(f"{report} Draft", "Confirm")
    await other.press(f"{report} Draft", "Confirm")
    await office.told_in_both(f"{other.name} confirmed {report}")
    await office.told_in_both(f"{report}: ready to be filed")
    await _is_verified(office, report)
    await author.press(f"{report}: ready to be filed", "I filed it")
    await author.answer({"Complaint ID": f"{report}-13579"})
    await office.told_in_both(f"Complaint ID: {report}-13579")
    await other.press(f"{report} Filed", "Amazon answered")
    await other.answer({"What did Amazon say?": "Accepted"})
    await office.told_in_both(f"{report} Accepted")


async def _is_verified(office: Office, report: str) -> None:
    """The archive that came into both threads fits the seal that stands there, and no other."""
    pdf, archive = await files_in_both(office, f"-{report}.pdf", f"-{report}.zip")
    assert pdf.startswith(b"%PDF-")
    path = office.folder / f"{report}.zip"
    path.write_bytes(archive)
    ready = f"{report}: ready to be filed"
    in_slack = [slack_text(each) for each in office.slack_thread()]
    in_discord = [discord_text(each) for each in office.discord_thread()]
    [seal] = {s for text in (*in_slack, *in_discord) if ready in text for s in SEAL.findall(text)}
    good, bad = await asyncio.gather(_verify(path, seal), _verify(path, "0" * 64))
    assert (good[0], bad[0]) == (0, 1), good[1]


async def _verify(path: Path, seal: str) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "verify", str(path), "--seal", seal),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def _is_removed(office: Office, ben: Hands) -> None:
    """The reports are known again after a restart, and the case is closed."""
    await goes_by(office, timedelta(days=2, hours=4), LEFT - ARRIVED)
    for report in ("R-1", "R-2"):
        await office.told_in_both(f"{report}: the reported offer is gone, removed after 2 d 4 h")
    await ben.press("C-1", "Close")
    await ben.answer({"Why can it be closed?": "Reported, and Amazon acted"})
    await office.offered_in_both("Re-open")


async def _comes_back(office: Office) -> None:
    """The relisting is a new case, which knows the old one."""
    await goes_by(office, timedelta(days=3), BACK - LEFT)
    [slack] = await office.in_slack(
        lambda: [m for m in office.slack_alerts() if "seen before in C-1" in slack_text(m)]
    )
    [discord] = await office.in_discord(
        lambda: [m for m in office.discord_alerts() if "seen before in C-1" in discord_text(m)]
    )
    for shown in (slack_text(slack), discord_text(discord)):
        assert "C-2" in shown
        assert THIEF in shown


def _test_buy(order: str) -> Answers:
    return {
        "Order ID": order,
        "Ordered on": "2026-11-20",
        "Arrived on": "2026-11-22",
        "What came, against the genuine one?": "The logo is printed; on ours it is embossed.",
        "How did you find out?": "Compared side by side under a lens.",
    }


def _photo() -> bytes:
    """Return a photo that tells where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 29.0)
    return _picture("JPEG", exif=exif)


def _picture(kind: str, **options: object) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((640, 480), 80).save(written, kind, **options)
    return written.getvalue()


def _tells_where(photo: bytes) -> bool:
    with Image.open(io.BytesIO(photo)) as picture:
        return bool(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))
