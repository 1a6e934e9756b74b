"""What may come in: files are what their bytes are, whatever their names say."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.errors import UserError
from bot.features.evidence.rules.content import (
    MOST_BYTES,
    ContentKind,
    recognise,
)
from bot.features.evidence.rules.orders import read_orders, reduced
from bot.features.evidence.rules.picture_headers import MOST_SCANS
from bot.features.evidence.rules.picture_parts import MOST_PARTS
from tests.cases import for_each
from tests.patience import computing

TAKEN = r"Attach images \(PNG, JPEG, WebP\), PDFs or Amazon order reports\.$"


def picture(form: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **how: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, 120).save(written, form, **how)
    return written.getvalue()


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as files:
        files.writestr("run.js", "alert(1)")
    return written.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def jpeg(width: int, height: int, *, scans: int = 1) -> bytes:
    frame = struct.pack(">HHBHHB", 0xFFC0, 11, 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + frame + scans * scan + b"\xff\xd9"


def webp(width: int, height: int) -> bytes:
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + sides
    return b"RIFF" + struct.pack("<I", len(body)) + body


PNG, JPEG, WEBP = picture("PNG"), picture("JPEG"), picture("WEBP")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
TABLE = b"amazon-order-id\tpurchase-date\tasin\tquantity\n"
ALL = [PNG, JPEG, WEBP, PDF, TABLE]
NOTES = b"\x00\x00\x01\x0aData" + b"SEFH" + bytes(8) + struct.pack("<I", 12) + b"SEFT"
"""What Samsung's phones write behind a photo."""
FILM = b"\x00\x00\x00\x10ftypmp42" + bytes(4) + b"\x00\x00\x00\x0cmdat\x01\x02\x03\x04"
"""What Google's phones write behind a photo."""


@for_each(
    ("content", "kind", "media_type", "suffix"),
    [
        (PNG, ContentKind.PNG, "image/png", ".png"),
        (picture("PNG", mode="P"), ContentKind.PNG, "image/png", ".png"),
        (JPEG, ContentKind.JPEG, "image/jpeg", ".jpg"),
        (picture("JPEG", progressive=True), ContentKind.JPEG, "image/jpeg", ".jpg"),
        (picture("JPEG", mode="CMYK"), ContentKind.JPEG, "image/jpeg", ".jpg"),
        (WEBP, ContentKind.WEBP, "image/webp", ".webp"),
        (picture("WEBP", lossless=True), ContentKind.WEBP, "image/webp", ".webp"),
        (picture("WEBP", mode="RGBA", exif=b"Exif\x00\x00"), ContentKind.WEBP, "image/webp", None),
        (PDF, ContentKind.PDF, "application/pdf", ".pdf"),
        (TABLE, ContentKind.TABLE, "text/csv", ".csv"),
        (TABLE.decode().encode("utf-16"), ContentKind.TABLE, "text/csv", ".csv"),
    ],
)
def test_a_file_is_what_its_bytes_are(
    content: bytes, kind: ContentKind, media_type: str, suffix: str | None
) -> None:
    assert recognise(content) is kind
    assert kind.media_type == media_type
    assert suffix in (None, kind.suffix)
    assert kind.picture == media_type.startswith("image/")


def test_a_table_in_its_reduced_form_is_still_one() -> None:
    row = b"302-1234567-1234567\t2026-11-20\tB0WALNUTBL\t1\n"
    assert recognise(reduced(read_orders(TABLE + row))) is ContentKind.TABLE


@for_each(
    "behind",
    [b"", bytes(100), b"\r\n", JPEG, JPEG + bytes(8), NOTES, FILM, JPEG + FILM, b"\x17some bytes"],
)
@for_each("content", [JPEG, PNG, WEBP], ids=["JPEG", "PNG", "WebP"])
def test_what_does_no_harm_behind_a_picture_is_taken(content: bytes, behind: bytes) -> None:
    assert recognise(content + behind).picture


@for_each(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        (archive(), "It is a ZIP archive or an Excel file"),
        (picture("GIF"), "It is a GIF: save it as PNG"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "It is an HEIC photo: send it as JPEG"),
        (b"MZ\x90\x00", "It is a program"),
        (b"\x7fELF\x02", "It is a program"),
        (b"#!/bin/sh\n", "It is a program"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a web page or an SVG"),
        (b"\xef\xbb\xbf\n <html>", "a web page or an SVG"),
        (b" \n%PDF-1.7 %%EOF", "Unknown file type"),
        (b"hello", "Unknown file type"),
        (b"Well, yes, no, perhaps\x02", "Unknown file type"),
        (picture("BMP"), "It is a BMP image: save it as PNG"),
        (picture("TIFF"), "It is a TIFF image or a raw photo: save it as PNG or JPEG"),
        (b"\x00\x00\x00\x18ftypmsf1" + bytes(50), "It is an HEIC photo: send it as JPEG"),
        (b"\x00\x00\x00\x18ftypavif" + bytes(50), "It is an AVIF image"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(50), "It is a video: take screenshots"),
        (b"\x00\x00\x00\x14ftypqt  " + bytes(50), "It is a video: take screenshots"),
        (b"\x1a\x45\xdf\xa3" + bytes(50), "It is a video: take screenshots"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "It is an old Office file"),
        (b"\x1f\x8b\x08\x00" + bytes(50), "It is an archive: unpack it"),
        (b"\x00" * 1000, "Unknown file type"),
    ],
)
def test_anything_else_is_refused_and_the_answer_says_what_is_taken(
    content: bytes, why: str
) -> None:
    with pytest.raises(UserError, match=re.escape(why) + ".*" + TAKEN):
        recognise(content)


@pytest.mark.parametrize("content", ALL, ids=["PNG", "JPEG", "WebP", "PDF", "table"])
def test_a_zip_behind_a_file_is_refused(content: bytes) -> None:
    with pytest.raises(UserError, match=r"archive|Unknown file type"):
        recognise(content + archive())


@for_each("content", ALL, ids=["PNG", "JPEG", "WebP", "PDF", "table"])
@for_each("disk", [b"\x01\x00\x00\x00", b"\x00\x00\x05\x00", b"\xff\xff\xff\xff"])
def test_a_zip_is_refused_whatever_its_directory_says_of_disks(content: bytes, disk: bytes) -> None:
    packed = archive()
    place = packed.rindex(b"PK\x05\x06") + 4
    with pytest.raises(UserError, match=r"archive|Unknown file type"):
        recognise(content + packed[:place] + disk + packed[place + 4 :])


@pytest.mark.parametrize(
    "content",
    [
        PNG[:-12] + chunk(b"zIpx", archive()) + PNG[-12:],
        JPEG[:2] + b"\xff\xfe" + struct.pack(">H", len(archive()) + 2) + archive() + JPEG[2:],
        PDF[:9] + archive() + PDF[9:],
    ],
    ids=["PNG", "JPEG", "PDF"],
)
def test_a_zip_within_a_file_is_refused(content: bytes) -> None:
    with pytest.raises(UserError, match=r"ZIP archive (is )?hidden in (it|the file)"):
        recognise(content)


@for_each(
    ("content", "why"),
    [
        (PNG + b"<script>", "has a web page after its end"),
        (PNG + bytes(9) + b"\x7fELF", "has a program after its end"),
        (PNG + b"some words, and %PDF-1.7", "has a PDF after its end"),
        (WEBP + b"Rar!\x1a\x07", "has an archive after its end"),
        (JPEG + b"\r\n#!/bin/sh", "has a program after its end"),
        (JPEG + JPEG + b"MZ\x90", "has a program after its end"),
        (JPEG + FILM + b"<svg onload=x>", "has a web page after its end"),
        (JPEG + NOTES[:9] + b"<html>" + NOTES[9:], "has a web page after its end"),
        (JPEG[:2] + b"\xff\xfe\x00\x0a%PDF-1.7" + JPEG[2:], "A PDF is hidden in the file"),
        (PNG[:-1], "is cut off"),
        (PNG[:8], "is cut off"),
        (PNG[:8] + PNG[33:], "is cut off or damaged"),
        (PNG[:33] + PNG[8:], "is cut off or damaged"),
        (PNG[:33] + PNG[-12:], "is cut off or damaged"),
        (JPEG + b"<script>alert(1)</script>", "has a web page after its end"),
        (JPEG + b"<?php ?>SEFT", "has a web page after its end"),
        (JPEG[:-2], "is cut off"),
        (JPEG[:3], "is cut off"),
        (b"\xff\xd8\xff\xd9", "is cut off"),
        (b"\xff\xd8\xff\xe0\x00\x00", "is cut off"),
        (WEBP[:-1], "does not have the length it states"),
        (b"RIFF\x04\x00\x00\x00WEBP", "is cut off"),
        (b"%PDF-1.7 and no end", "The PDF is incomplete"),
        (PDF + bytes(2000), "The PDF is incomplete"),
        (png(0, 5), "has no width or height"),
        (jpeg(5, 0), "has no width or height"),
    ],
)
def test_what_only_begins_like_something_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(UserError, match=why + ".*" + TAKEN):
        recognise(content)


@pytest.mark.parametrize("form", [png, jpeg, webp])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(
    form: Callable[[int, int], bytes],
) -> None:
    assert recognise(form(8000, 6250)).picture
    with pytest.raises(UserError, match=r"has 100 megapixels\. Attach one with at most 50"):
        recognise(form(10_000, 10_000))


def test_the_largest_size_that_a_jpeg_claims_counts() -> None:
    small, large = jpeg(10, 10), jpeg(10_000, 10_000)
    with pytest.raises(UserError, match="100 megapixels"):
        recognise(large[:15] + small[2:])


@pytest.mark.parametrize("content", ALL, ids=["PNG", "JPEG", "WebP", "PDF", "table"])
def test_a_file_of_too_many_bytes_is_refused(content: bytes) -> None:
    with pytest.raises(UserError, match=r"The file is 20\.1 MB\. Attach one with at most 20 MB"):
        recognise(content + bytes(MOST_BYTES + 50_000 - len(content)))


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    assert recognise(jpeg(10, 10, scans=MOST_SCANS)) is ContentKind.JPEG
    with pytest.raises(UserError, match="too many parts"):
        recognise(jpeg(10, 10, scans=MOST_SCANS + 1))


@pytest.mark.ci
@pytest.mark.parametrize(
    "content",
    [
        PNG[:33] + chunk(b"tEXt", b"") * (MOST_PARTS + 1) + PNG[33:],
        b"\xff\xd8" + b"\xff\xe0\x00\x02" * 4_000_000,
        b"\xff\xd8" + b"\xff" * 19_000_000,
        b"\xff\xd8\xff\xda\x00\x02" + b"\xff\x00" * 9_000_000,
        b"a," * 9_000_000,
        b"\n" * 19_000_000,
        b"a\n" * 9_000_000,
        b" " * 19_000_000,
    ],
    ids=["chunks", "segments", "fill", "scan", "columns", "lines", "words", "spaces"],
)
def test_a_hostile_file_is_refused_in_time(content: bytes) -> None:
    with computing(10), pytest.raises(UserError, match=TAKEN):
        recognise(content)


def in_words(content: bytes) -> bool:
    """Tell whether the file is taken, or refused with a sentence that says what would be."""
    try:
        return recognise(content) in ContentKind
    except UserError as error:
        return str(error).endswith((" order reports.", " attach that.", " CSV.", " at most 50."))


@given(st.sampled_from(ALL), st.data())
def test_a_damaged_file_is_recognised_or_refused_in_words(
    content: bytes, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 8))
    damaged = content[:place] + data.draw(st.binary(max_size=8)) + content[place + length :]
    assert in_words(damaged)


@given(st.binary(max_size=200))
def test_whatever_comes_in_is_recognised_or_refused_in_words(content: bytes) -> None:
    for start in (
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"%PDF-",
    ):
        assert in_words(start + content)
