"""What may come in: files are known by their bytes, never by their names.

The checks here read headers and structure alone. They are cheap, and they refuse what says one
thing and is another; whether a picture can be decoded is found out when its copy is made.
"""

from __future__ import annotations

import enum
import re

from bot.core.interface import together, tr, tr_data
from bot.errors import UserError
from bot.features.evidence.rules.active_pdf import remarks
from bot.features.evidence.rules.order_rows import is_order_report
from bot.features.evidence.rules.order_words import other_report, other_table
from bot.features.evidence.rules.picture_ends import behind
from bot.features.evidence.rules.picture_headers import jpeg_sizes, png_size, webp_size
from bot.features.evidence.rules.picture_parts import JPEG_START, PNG_START, picture_end

MEGABYTE = 1_000_000
MOST_BYTES = 20 * MEGABYTE
"""Bytes of a file, of whichever kind."""
MOST_MEGAPIXELS = 50
MOST_PIXELS = MOST_MEGAPIXELS * 1_000_000
TAKEN = "Attach images (PNG, JPEG, WebP), PDFs or Amazon order reports."

_PDF_END = 1024
"""So near to its end a PDF says that it ends."""
_PDF_START = 1024
"""So near to its beginning a reader finds a PDF in anything."""
_ZIP_END = b"PK\x05\x06"
"""Where the directory of a ZIP ends: it can stand behind anything, and the whole is a ZIP then."""
_ZIP_REACH = 22 + 0xFFFF
"""Bytes from the end of the file in which a ZIP's directory ends."""

REFUSED = (
    (re.compile(rb"PK[\x03\x05\x07]"), "a ZIP archive or an Excel file: save a table as CSV"),
    (
        re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "an old Office file or a saved email: save tables as CSV, and print the rest to PDF",
    ),
    (
        re.compile(rb".{4}ftyp(?:hei|hev|mif1|msf1)", re.DOTALL),
        "an HEIC photo: send it as JPEG",
    ),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "an AVIF image: save it as PNG or JPEG"),
    (
        re.compile(rb"\0.{3}(?:ftyp|moov|mdat|wide)|\x1a\x45\xdf\xa3|RIFF.{4}AVI ", re.DOTALL),
        "a video: take screenshots of what it shows",
    ),
    (re.compile(rb"GIF8"), "a GIF: save it as PNG"),
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), "a BMP image: save it as PNG"),
    (re.compile(rb"II\*\0|MM\0\*"), "a TIFF image or a raw photo: save it as PNG or JPEG"),
    (re.compile(rb"\x1f\x8b|Rar!|7z\xbc\xaf"), "an archive: unpack it"),
    (re.compile(rb"MZ|\x7fELF|#!"), "a program"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<"), "a web page or an SVG drawing"),
)
"""Kinds of files that are refused, by how they begin."""


class ContentKind(enum.StrEnum):
    """What a file is."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    PDF = "pdf"
    TABLE = "table"
    """An order report. It is kept only in its reduced form (``orders.reduced``), a CSV."""

    @property
    def media_type(self) -> str:
        """The kind as protocols call it: ``image/png``."""
        return _FORMS[self][0]

    @property
    def suffix(self) -> str:
        """The end of its files' names: ``.png``."""
        return _FORMS[self][1]

    @property
    def file_name(self) -> str:
        """What a file of the kind is called, whatever its owner called it: ``picture.png``."""
        _, suffix, stem = _FORMS[self]
        return stem + suffix

    @property
    def picture(self) -> bool:
        """Tell whether it is a picture."""
        return self in (ContentKind.PNG, ContentKind.JPEG, ContentKind.WEBP)


_FORMS = {
    ContentKind.PNG: ("image/png", ".png", "picture"),
    ContentKind.JPEG: ("image/jpeg", ".jpg", "picture"),
    ContentKind.WEBP: ("image/webp", ".webp", "picture"),
    ContentKind.PDF: ("application/pdf", ".pdf", "paper"),
    ContentKind.TABLE: ("text/csv", ".csv", "orders"),
}
"""Media type, suffix, and what a file without a usable name is called."""


def recognise(content: bytes) -> ContentKind:
    """Tell what a file is, by its bytes. Raises UserError as ``examine`` does."""
    kind, _ = examine(content)
    return kind


def examine(content: bytes) -> tuple[ContentKind, tuple[str, ...]]:
    """Tell what a file is, by its bytes, and what to tell of it though it is taken.

    Raises:
        UserError: it is nothing that is taken, too large, damaged, or two things in one; the
            sentence says what is taken.
    """
    if len(content) > MOST_BYTES:
        message = tr(
            "The file is {size} MB. Attach one with at most {most} MB.",
            size=f"{len(content) / MEGABYTE:.1f}",
            most=MOST_BYTES // MEGABYTE,
        )
        raise UserError(message)
    kind = _signed(content)
    told: tuple[str, ...] = ()
    if kind is None:
        kind = _table(content)
    elif kind is ContentKind.PDF:
        told = _remarks(content)
    else:
        _require_picture(kind, content)
    if kind.picture and b"%PDF-" in content[:_PDF_START]:
        raise _refusal(tr("A PDF is hidden in the file."))
    if content.find(_ZIP_END, max(0, len(content) - _ZIP_REACH)) >= 0:
        raise _refusal(tr("A ZIP archive is hidden in the file."))
    return kind, told


def _signed(content: bytes) -> ContentKind | None:
    if content.startswith(PNG_START):
        return ContentKind.PNG
    if content.startswith(JPEG_START):
        return ContentKind.JPEG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return ContentKind.WEBP
    return ContentKind.PDF if content.startswith(b"%PDF-") else None


def _require_picture(kind: ContentKind, content: bytes) -> None:
    try:
        sizes = _sizes(kind, content)
        behind(content, picture_end(kind.value, content))
    except ValueError as error:
        why = tr(
            "It starts like a {kind} image but {fault}.",
            kind=_label(kind),
            fault=tr_data(str(error)),
        )
        raise _refusal(why) from error
    pixels = max(width * height for width, height in sizes)
    if pixels > MOST_PIXELS:
        message = tr(
            "The image has {pixels} megapixels. Attach one with at most {most}.",
            pixels=f"{pixels / 1_000_000:,.0f}",
            most=MOST_MEGAPIXELS,
        )
        raise UserError(message)


def _sizes(kind: ContentKind, content: bytes) -> list[tuple[int, int]]:
    if kind is ContentKind.JPEG:
        return jpeg_sizes(content)
    return [png_size(content) if kind is ContentKind.PNG else webp_size(content)]


def _remarks(content: bytes) -> tuple[str, ...]:
    if b"%%EOF" not in content[-_PDF_END:]:
        raise _refusal(tr("The PDF is incomplete."))
    try:
        return remarks(content)
    except ValueError as error:
        message = tr(
            "It starts like a PDF but {fault}. Print it to a new PDF and attach that.",
            fault=tr_data(str(error)),
        )
        raise UserError(message) from error


def _table(content: bytes) -> ContentKind:
    if not content:
        raise _refusal(tr("The file is empty."))
    known = is_order_report(content)
    if not known and (other := other_report(content)):
        raise UserError(other)
    for signature, name in REFUSED:
        if signature.match(content):
            raise _refusal(tr("It is {name}.", name=tr_data(name)))
    if not known:
        if other := other_table(content):
            raise UserError(other)
        raise _refusal(tr("Unknown file type."))
    return ContentKind.TABLE


def _label(kind: ContentKind) -> str:
    return "WebP" if kind is ContentKind.WEBP else kind.value.upper()


def _refusal(why: str) -> UserError:
    return UserError(together(why, tr_data(TAKEN)))
