"""Files as people hand them in: small and real, and what hostile people make of them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image

File = tuple[str, str, bytes]
"""Name, media type, content."""

_PNG = b"\x89PNG\r\n\x1a\n"
_WRAPPED = 12
"""Bytes of a chunk beside its data."""


def png(colour: tuple[int, int, int] = (200, 30, 30), size: int = 0) -> bytes:
    """Return a picture of one pixel; ``size`` is how many bytes it is to have, if not the least."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    pixels = _chunk(b"IDAT", zlib.compress(b"\x00" + bytes(colour)))
    end = _chunk(b"IEND", b"")
    least = len(_PNG + header + pixels + end)
    padding = _chunk(b"prVt", bytes(size - least - _WRAPPED)) if size else b""
    return _PNG + header + padding + pixels + end


def jpeg(program: str = "") -> bytes:
    """Return a photo of 8 pixels' side, which tells what wrote it, as nobody asks about."""
    exif = Image.Exif()
    if program:
        exif[0x0131] = program
    return _saved("JPEG", exif=exif)


def webp() -> bytes:
    """Return a WebP of 8 pixels' side."""
    return _saved("WEBP")


def pdf() -> bytes:
    """Return a paper without pages."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def orders(*cells: str) -> bytes:
    """Return an order report with one order; ``cells`` stand in the columns of the buyer."""
    names = ["amazon-order-id", "purchase-date", "asin", "sku", "quantity", "item-price"]
    order = ["111-1234567-1234567", "2026-11-20T10:00:00+00:00", "B0ALDER001", "PAN-1", "2", "9.99"]
    buyer = [f"buyer-{number}" for number in range(len(cells))]
    lines = ["\t".join((*names, *buyer)), "\t".join((*order, *cells))]
    return "\r\n".join(lines).encode()


def write_script(path: Path, words: str) -> None:
    """Put a program there that a shell runs."""
    path.write_text(f"#!/bin/sh\n{words}\n", "utf-8")
    path.chmod(0o755)


def archive(content: bytes = b"x") -> bytes:
    """Return a ZIP with one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.txt", content)
    return packed.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _saved(form: str, **options: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 30, 30)).save(written, form, **options)
    return written.getvalue()


PICTURE: File = ("proof.png", "image/png", png())
PAPER: File = ("invoice.pdf", "application/pdf", pdf())
PROGRAM: File = ("photo.png", "image/png", b"MZ\x90\x00" + bytes(200))

HOSTILE: dict[str, tuple[File, str]] = {
    "zip bomb": (("photo.png", "image/png", archive(bytes(20_000_000))), "a ZIP archive"),
    "drawing with script": (
        ("logo.svg", "image/svg+xml", b"<svg xmlns='x'><script>alert(1)</script></svg>"),
        "an SVG drawing",
    ),
    "two things in one": (
        ("photo.png", "image/png", png() + archive()),
        "an archive after its end",
    ),
    "program": (PROGRAM, "a program"),
    "nothing": (("photo.png", "image/png", b""), "empty"),
    "web page": (("letter.html", "text/html", b"<h1>Our offer</h1>"), "a web page"),
}
"""Each with a part of the reason that is given."""
