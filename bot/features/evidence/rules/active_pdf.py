"""What a PDF does by itself, and what hides in it. By its names alone, in bounded time and memory.

Source: ISO 32000-2. What a reader does is named by names such as ``/JavaScript``, which may be
written with escapes (``/J#61vaScript``) and stand in packed streams of objects. A name in a text of
the page counts as well: that is rare, and the other mistake is worse.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from bot.core.interface import tr, tr_data

MOST_STREAMS = 20_000
MOST_UNPACKED = 64_000_000
"""Bytes of all streams of objects together, as they are packed or unpacked, whichever are more;
honest ones have some hundred thousand. A stream may hold the next one and unpack to nothing."""
_STEP = 65_536
_BLOCK = 4096
"""Bytes that are unpacked at once: the last ones of a stream are not counted."""
_FIRST = 4096
"""Bytes by which it is known whether a stream may be one of objects."""
_HEAD = 1500
"""So far into a file a browser looks for a page, and a little more."""
_BEFORE = 65_536
"""Bytes before a stream in which it says what it is."""

_NAMES = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]{1,127})")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream *(?:\r\n?|\n)")
"""Readers take a lone CR as well, and spaces before it."""
_DIGITS = re.compile(rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]*(?:[\r\n]|$))*(?:$|[+-]?[0-9])")
"""How a stream of objects begins: with numbers, behind spaces and comments."""
_ZLIB = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78]")
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|\?php)", re.IGNORECASE)
_ARCHIVE = re.compile(
    rb"PK\x05\x06|PK\x03\x04.[\x00-\x0a]..[\x00-\x0c\x0e\x10\x12\x13\x5d-\x63]\x00", re.DOTALL
)
"""Where a ZIP's directory ends, or a file in it begins, with a way of packing that there is."""

REFUSED = {
    b"JavaScript": "a program (JavaScript)",
    b"JS": "a program (JavaScript)",
    b"Launch": "a command that starts a program",
    b"EmbeddedFile": "another file",
    b"EmbeddedFiles": "another file",
    b"FileAttachment": "another file",
    b"EF": "another file",
    b"RichMedia": "a video or an animation",
    b"Rendition": "a video or an animation",
    b"Flash": "a video or an animation",
}
FLAGGED = {
    b"AA": "It may start an action when you open or read it.",
    b"OpenAction": "It may start an action when you open or read it.",
    b"XFA": "It is a form that can change while you read it.",
    b"SubmitForm": "It can send what you type into it.",
    b"ImportData": "It can read other files.",
    b"GoToR": "It links to other files.",
    b"GoToE": "It links to other files.",
    b"Encrypt": "It is protected, so Brandwarden could not check it for hidden content.",
}
_SHORT = 4
"""Letters of names that stand by chance in what is packed; they are looked for outside of it."""
_LOUD = {name: why for name, why in REFUSED.items() if len(name) >= _SHORT}
_TYPE = b"ObjStm"
_OBJECTS = frozenset((b"N", b"First"))
"""Names that a stream of objects has, and no other together; bookmarks have a first one, too."""
_PACKED = frozenset(
    b"ASCIIHexDecode AHx ASCII85Decode A85 LZWDecode LZW RunLengthDecode RL Predictor".split()
)
"""Ways of packing objects that are not looked into; one may begin with a digit all the same."""

HIDES = "has parts that Brandwarden cannot check"


def remarks(content: bytes) -> tuple[str, ...]:
    """Return what to tell of a PDF that is taken, a sentence each.

    Raises:
        ValueError: it is not taken; goes on from 'It begins like a PDF and'.
    """
    if _PAGE.search(content, 0, _HEAD):
        raise ValueError("is also a web page")
    if _ARCHIVE.search(content):
        raise ValueError("has a ZIP archive hidden in it")
    found = set(_loud(content))
    protected = False
    for plain in _outside(content):
        names = frozenset(_named(plain))
        protected = protected or b"Encrypt" in names
        found |= names
    for unpacked in _objects(content, protected=protected):
        found |= frozenset(_named(unpacked))
    refused = [why for name, why in REFUSED.items() if name in found]
    if refused:
        message = tr("contains {what}", what=tr_data(refused[0]))
        raise ValueError(message)
    return tuple(dict.fromkeys(why for name, why in FLAGGED.items() if name in found))


def _loud(content: bytes) -> Iterator[bytes]:
    """Find names that are too long to stand anywhere by chance, wherever they stand."""
    for name in _named(content):
        if name in _LOUD:
            yield name


def _named(data: bytes) -> Iterator[bytes]:
    for found in _NAMES.finditer(data):
        name = found[1]
        yield _ESCAPE.sub(_letter, name) if b"#" in name else name


def _letter(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])


def _outside(content: bytes) -> Iterator[bytes]:
    """Return what stands outside of streams."""
    place = 0
    last = content.rfind(b"endstream")
    for number, found in enumerate(_STREAM.finditer(content)):
        if number == MOST_STREAMS:
            raise ValueError("has too many parts")
        if found.start() < place:
            continue
        yield content[place : found.start()]
        there = found.end() <= last
        place = content.find(b"endstream", found.end()) if there else found.end()
    yield content[place:]


def _objects(content: bytes, *, protected: bool) -> Iterator[bytes]:
    """Return streams of objects, unpacked.

    Raises:
        ValueError: they cannot be unpacked, though nothing protects them, or are far too large.
    """
    left = MOST_UNPACKED
    before = 0
    for found in _STREAM.finditer(content):
        place = found.end()
        if _ZLIB.match(content, place):
            data, read = _unpacked(content, place, left)
            left -= max(len(data), read)
            yield data
        if not protected:
            told = frozenset(_named(content[max(before, found.start() - _BEFORE) : found.start()]))
            _require_plain(told, content, place)
        before = place


def _require_plain(told: frozenset[bytes], content: bytes, place: int) -> None:
    """Refuse objects that are packed otherwise than all do; ``told`` is what stands before it."""
    if not (_TYPE in told or told >= _OBJECTS):
        return
    known = _ZLIB.match(content, place) or _DIGITS.match(content, place, place + _STEP)
    if not known or told & _PACKED:
        raise ValueError(HIDES)


def _unpacked(content: bytes, start: int, most: int) -> tuple[bytes, int]:
    """Unpack the stream that begins there, if it looks like objects; else return nothing.

    Beside it is how many bytes were read before the last block.

    Raises:
        ValueError: it is larger than that.
    """
    unpacking = zlib.decompressobj()
    data = bytearray()
    read = 0
    for place in range(start, len(content), _BLOCK):
        read = place - start
        waiting = content[place : place + _BLOCK]
        while waiting and not unpacking.eof:
            try:
                data += unpacking.decompress(waiting, _STEP if data else _FIRST)
            except zlib.error:
                return bytes(data), read
            waiting = unpacking.unconsumed_tail
            if len(data) <= _FIRST and not _like_objects(data):
                return b"", read
            if max(len(data), read) > most:
                raise ValueError("contains too much compressed data to check")
        if unpacking.eof:
            break
    return bytes(data), read


def _like_objects(head: bytearray) -> bool:
    # Many zeros are a black picture.
    return bool(_DIGITS.match(head)) and (len(head) < _FIRST or any(head))
