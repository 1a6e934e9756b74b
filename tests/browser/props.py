"""What a person brings to a report: photos, an order report, and the time that passes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from PIL import ExifTags, Image, ImageDraw, ImageFont

from adapters.storage.tinydb import TinyStore
from adapters.web.messages import COLLECTIONS as WEB_COLLECTIONS
from adapters.web.messages import WEB_MESSAGES
from bot.bootstrap.application import STORE
from bot.bootstrap.features import COLLECTIONS
from bot.cli.world import World, keep_world, read_world
from bot.core.store import Collection
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.reports.collections import REPORTS
from bot.features.watchlist.collections import HISTORIES
from tests.browser.demo import SPEED
from tests.unit.adapters.packets.reading import page_texts
from tests.unit.features.evidence.order_reports import GENERAL, PERSONAL, flat

BUYER = ("Zebulon Quagmire", "zquagmire@buyer.example", "+1 4065550199", "9 Larkspur Row")
TRACES = (b"zebulon", b"quagmire", b"4065550199", b"larkspur")
"""What must stand nowhere, in small letters."""
SPEED_OF_DEMO = float(SPEED)
MOVED: tuple[Collection[Any], ...] = (CASES, ENTRIES, HISTORIES, REPORTS, WEB_MESSAGES)
"""What grows older when days pass. The custody log does not: its entries are chained."""
GPS: dict[int, object] = {
    ExifTags.GPS.GPSLatitudeRef: "N",
    ExifTags.GPS.GPSLatitude: (48.0, 51.0, 29.0),
}


def photos(folder: Path) -> tuple[Path, Path]:
    """Make a photo of what they send, which tells where it was taken, and of the genuine one."""
    theirs, genuine = folder / "theirs.jpg", folder / "genuine.png"
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    _photo("#9c9890", "Alder&Finch", "PRINTED LOGO, NO BATCH MARK").save(theirs, exif=exif)
    _photo("#4b4f55", "ALDER & FINCH", "EMBOSSED LOGO, BATCH 7731").save(genuine)
    return theirs, genuine


def _photo(colour: str, logo: str, below: str) -> Image.Image:
    picture = Image.new("RGB", (1200, 900), "#e9e4da")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((180, 110, 820, 750), fill=colour, outline="#2b2b2b", width=8)
    pen.rounded_rectangle((800, 400, 1150, 460), radius=28, fill="#a9793f")
    pen.text((500, 420), logo, fill="#f5f2ea", anchor="mm", font=ImageFont.load_default(56))
    pen.text((600, 830), below, fill="#2b2b2b", anchor="mm", font=ImageFont.load_default(36))
    return picture


def order_report(folder: Path, asin: str) -> Path:
    """Make Amazon's order report of the last twenty days, with a buyer in every line."""
    now = datetime.now(UTC)
    persons = dict(zip(PERSONAL, BUYER * 4, strict=False))
    rows = [
        {
            **persons,
            "amazon-order-id": f"302-0000000-{number:07}",
            "purchase-date": (now - timedelta(days=number)).isoformat(timespec="seconds"),
            "sku": "AF-SAUCEPAN-3Q",
            "asin": asin,
            "quantity": str(1 + number % 3),
            "currency": "USD",
            "sales-channel": "Amazon.com",
        }
        for number in range(1, 21)
    ]
    path = folder / "all-orders.txt"
    path.write_text(flat(*rows, columns=[*GENERAL, *PERSONAL]), "utf-8")
    return path


def tells_where(photo: Path) -> bool:
    """Tell whether a photo holds the place where it was taken."""
    with Image.open(photo) as picture:
        return bool(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))


def one_byte_changed(archive: Path) -> Path:
    """Make a copy of the archive in which one byte of a picture is another."""
    content = bytearray(archive.read_bytes())
    content[content.index(b"\x89PNG") + 1000] ^= 1
    altered = archive.with_name("altered.zip")
    altered.write_bytes(content)
    return altered


def traces(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Give every trace of the buyer in a file below the folder, archives and PDFs opened."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        for content in _contents(path.read_bytes()):
            yield from ((path, trace) for trace in TRACES if trace in content.lower())


def _contents(content: bytes) -> Iterable[bytes]:
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if content.startswith(b"%PDF-"):
        yield "".join(page_texts(content)).encode()


def begin_at(folder: Path, seconds: float, port: int) -> None:
    """Let the demo's world have begun so many seconds of its story ago."""
    folder.mkdir(parents=True, exist_ok=True)
    keep_world(folder, World(_began(seconds), SPEED_OF_DEMO, port))


async def days_pass(folder: Path, length: timedelta, seconds: float) -> None:
    """Make all that the stopped demo knows so much older; its story is at that second then."""
    known = read_world(folder)
    assert known is not None
    keep_world(folder, msgspec.structs.replace(known, started_at=_began(seconds)))
    await grow_older(folder, length, MOVED)


async def grow_older(folder: Path, length: timedelta, moved: Sequence[Collection[Any]]) -> None:
    """Make those documents of the stopped demo so much older."""
    store = await TinyStore.open(folder / STORE, (*COLLECTIONS, *WEB_COLLECTIONS))
    try:
        async with store.transaction() as tx:
            for collection in moved:
                for document in await store.page(collection, limit=10_000):
                    tx.put(collection, _older(document, length))
    finally:
        await store.close()


def _began(seconds: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds / SPEED_OF_DEMO)


def _older(document: msgspec.Struct, length: timedelta) -> msgspec.Struct:
    plain = msgspec.to_builtins(document, builtin_types=(datetime,))
    return msgspec.convert(_shifted(plain, length), type(document))


def _shifted(value: object, length: timedelta) -> object:
    match value:
        case datetime():
            return value - length
        case dict():
            return {name: _shifted(each, length) for name, each in value.items()}
        case list() | tuple():
            return [_shifted(each, length) for each in value]
        case _:
            return value
