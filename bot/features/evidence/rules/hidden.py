"""The hidden data of a picture, and the picture without it.

A place, a serial number, a name: in EXIF, XMP, IPTC, texts, and behind the picture's end. Taking it
out moves parts of the file and decodes nothing, so that the picture itself stays bit for bit.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from bot.core.files import Hidden
from bot.features.evidence.rules import exif
from bot.features.evidence.rules.content import ContentKind
from bot.features.evidence.rules.picture_ends import behind
from bot.features.evidence.rules.picture_parts import (
    PNG_START,
    Part,
    jpeg_parts,
    png_parts,
    webp_end,
    webp_parts,
)

MOST_TEXT = 1_000_000
"""Bytes of a packed text that are looked at."""

_EXIF = b"\xe1"
_COMMENT = b"\xfe"
_APPLICATIONS = frozenset(bytes([code]) for code in range(0xE0, 0xF0))
_KEPT_SEGMENTS = ((b"\xe2", b"ICC_PROFILE\x00"), (b"\xee", b"Adobe"))
"""What a decoder needs of an application's segments."""
_KEPT_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND cHRM gAMA sBIT sRGB iCCP bKGD tRNS pHYs sPLT hIST "
    b"acTL fcTL fdAT cICP mDCV cLLI".split()
)
_KEPT_WEBP = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"))
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")

_XMP = (
    (
        re.compile(
            rb"GPS(?:Latitude|Longitude|Position|Coordinates|Altitude|Area|Dest)"
            rb"|Location(?:Created|Shown)?\b|:(?:City|State|Country|CountryCode|CountryName)\b"
            rb"|Sublocation|ProvinceState"
        ),
        Hidden.PLACE,
    ),
    (re.compile(rb"SerialNumber"), Hidden.SERIAL),
    (
        re.compile(
            rb"[:<](?:creator|Creator|Artist|Author|OwnerName|Owner|CameraOwnerName|CaptionWriter"
            rb"|CreatorContactInfo|PersonInImage|PersonDisplayName|Copyright|rights|Credit"
            rb"|AuthorsPosition)\b"
        ),
        Hidden.PERSON,
    ),
    (
        re.compile(
            rb"[:<](?:description|title|subject|Headline|Instructions|ImageDescription)\b"
            rb"|(?<!</exif):UserComment\b(?!.{0,200}>Screenshot<)",
            re.DOTALL,
        ),
        Hidden.WORDS,
    ),
)
_IPTC = (
    (re.compile(rb"\x1c\x02[\x1a\x1b\x5a\x5c\x5f\x64\x65]"), Hidden.PLACE),
    (re.compile(rb"\x1c\x02[\x50\x55\x6e\x74\x76\x7a]"), Hidden.PERSON),
    (re.compile(rb"\x1c\x02[\x05\x19\x28\x69\x78]"), Hidden.WORDS),
)
"""Content location, city, sublocation, state, country; by-line, credit, copyright, contact,
writer; title, keywords, instructions, headline, caption (IIM 4.2, application record)."""
_NAMED = {b"author": Hidden.PERSON, b"artist": Hidden.PERSON, b"copyright": Hidden.PERSON}
_WORDS = frozenset((b"title", b"description", b"comment", b"disclaimer", b"warning"))
"""Keywords of a PNG's texts."""


def hidden(kind: ContentKind, content: bytes) -> tuple[Hidden, ...]:
    """Tell what a picture that was recognised tells besides what it shows, in a fixed order."""
    match kind:
        case ContentKind.JPEG:
            found = frozenset(_of_jpeg(content))
        case ContentKind.PNG:
            found = frozenset(_of_png(content))
        case ContentKind.WEBP:
            found = frozenset(_of_webp(content))
        case _:
            found = frozenset()
    return tuple(each for each in Hidden if each in found)


def without(kind: ContentKind, content: bytes) -> bytes:
    """Return the picture without all of it; only how the camera was held is still told."""
    match kind:
        case ContentKind.JPEG:
            return _bare_jpeg(content)
        case ContentKind.PNG:
            return _bare_png(content)
        case ContentKind.WEBP:
            return _bare_webp(content)
        case _:
            return content


def _of_jpeg(content: bytes, start: int = 0) -> Iterator[Hidden]:
    end = start
    for part in jpeg_parts(content, start):
        data = content[part.data : part.until]
        if part.name == _EXIF and data.startswith(exif.PREFIX):
            yield from exif.told(data)
        elif part.name in _APPLICATIONS or part.name == _COMMENT:
            if part.name == _COMMENT and exif.are_words(data):
                yield Hidden.WORDS
            yield from _of_text(data)
            yield from _of_iptc(data)
        end = part.end
    if not start:
        found, pictures = behind(content, end)
        yield from found
        for place in pictures:
            yield from _of_jpeg(content, place)


def _of_png(content: bytes) -> Iterator[Hidden]:
    end = 0
    for part in png_parts(content):
        data = content[part.data : part.until]
        if part.name == b"eXIf":
            yield from exif.told(data)
        elif part.name in _TEXTS:
            yield from _of_png_text(part.name, data)
        end = part.end
    yield from behind(content, end)[0]


def _of_png_text(name: bytes, data: bytes) -> Iterator[Hidden]:
    keyword, _, rest = data.partition(b"\x00")
    text: bytes | None = rest
    if name == b"zTXt":
        text = _unpacked(rest[1:])
    elif name == b"iTXt":
        text = rest[2:].split(b"\x00", 2)[-1]
        text = _unpacked(text) if rest[:1] == b"\x01" else text
    if text is None:
        yield Hidden.DATA
    elif keyword.lower().startswith(b"raw profile type"):
        yield from _of_raw_profile(text)
    elif keyword.lower() in _NAMED:
        yield _NAMED[keyword.lower()]
    elif keyword.lower() in _WORDS:
        if exif.are_words(text):
            yield Hidden.WORDS
    else:
        yield from _of_text(b":" + keyword + b" " + text)


def _of_raw_profile(text: bytes) -> Iterator[Hidden]:
    """Read what ImageMagick writes: a name, a length, and hexadecimal digits."""
    try:
        data = bytes.fromhex(b"".join(text.split()[2:]).decode("ascii"))
    except ValueError:
        yield Hidden.DATA
        return
    if data.startswith(exif.PREFIX):
        yield from exif.told(data)
    else:
        yield from _of_text(data)
        yield from _of_iptc(data)


def _unpacked(data: bytes) -> bytes | None:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, MOST_TEXT)
    except zlib.error:
        return None
    return None if unpacking.unconsumed_tail else text


def _of_webp(content: bytes) -> Iterator[Hidden]:
    for part in webp_parts(content):
        data = content[part.data : part.until]
        if part.name == b"EXIF":
            yield from exif.told(data)
        elif part.name == b"XMP ":
            yield from _of_text(data)
    yield from behind(content, webp_end(content))[0]


def _of_text(data: bytes) -> Iterator[Hidden]:
    # A text in UTF-16 has zeros between its letters.
    plain = data.replace(b"\x00", b"")
    for signature, told in _XMP:
        if signature.search(plain):
            yield told


def _of_iptc(data: bytes) -> Iterator[Hidden]:
    for signature, told in _IPTC:
        if signature.search(data):
            yield told


def _bare_jpeg(content: bytes) -> bytes:
    head, kept, turned = [content[:2]], [], 1
    for part in jpeg_parts(content):
        data = content[part.data : part.until]
        whole = content[part.start : part.end]
        if part.name == _EXIF and data.startswith(exif.PREFIX):
            turned = exif.orientation(data)
        if part.name == b"\xe0" and data.startswith(b"JFIF\x00"):
            head.append(whole)
        elif _is_needed(part.name, data):
            kept.append(whole)
    if turned != 1:
        told = exif.PREFIX + exif.upright(turned)
        head.append(b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told)
    return b"".join([*head, *kept])


def _is_needed(name: bytes, data: bytes) -> bool:
    """Tell whether a decoder needs the segment."""
    if name not in _APPLICATIONS and name != _COMMENT:
        return True
    return any(name == known and data.startswith(start) for known, start in _KEPT_SEGMENTS)


def _bare_png(content: bytes) -> bytes:
    kept, turned = [PNG_START], 1
    for part in png_parts(content):
        if part.name == b"eXIf":
            turned = exif.orientation(content[part.data : part.until])
        if part.name in _KEPT_CHUNKS:
            kept.append(content[part.start : part.end])
    if turned != 1:
        # Behind the first chunk, the header.
        kept.insert(2, _chunk(b"eXIf", exif.upright(turned)))
    return b"".join(kept)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check


def _bare_webp(content: bytes) -> bytes:
    parts = [part for part in webp_parts(content) if part.name in _KEPT_WEBP]
    turned = _turned_webp(content)
    chunks = [_webp_chunk(content, part, turned=turned != 1) for part in parts]
    if turned != 1 and parts and parts[0].name == b"VP8X":
        told = exif.upright(turned)
        chunks.append(b"EXIF" + struct.pack("<I", len(told)) + told)
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _turned_webp(content: bytes) -> int:
    for part in webp_parts(content):
        if part.name == b"EXIF":
            return exif.orientation(content[part.data : part.until])
    return 1


def _webp_chunk(content: bytes, part: Part, *, turned: bool) -> bytes:
    data = content[part.data : part.until]
    if part.name == b"VP8X" and data:
        flags = data[0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if turned else 0)
        data = bytes([flags]) + data[1:]
    padding = b"\x00" * (len(data) % 2)
    return part.name + struct.pack("<I", len(data)) + data + padding
