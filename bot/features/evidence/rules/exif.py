"""What EXIF (a TIFF, CIPA DC-008) tells of people, places and cameras. Bounded."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from bot.core.files import Hidden

MOST_FIELDS = 2000
MOST_DIRECTORIES = 32
MOST_READ = 4
"""So many times its own size is read in all values together; in an honest EXIF none overlap."""
PREFIX = b"Exif\x00\x00"

_ORIENTATION = 0x0112
_COMMENT = 0x9286
"""UserComment: the name of its alphabet in eight bytes, and the text."""
_ALPHABET = 8
_PLACES = 0x8825
"""Leads to the directory of where it was taken."""
_FURTHER = frozenset({0x8769, 0xA005, 0x014A, _PLACES})
"""Fields that lead to further directories: EXIF's own, of interoperability, of further pictures."""
_TOLD = {
    0x013B: Hidden.PERSON,  # Artist
    0x8298: Hidden.PERSON,  # Copyright
    0x9C9D: Hidden.PERSON,  # XPAuthor
    0xA430: Hidden.PERSON,  # CameraOwnerName
    0xA431: Hidden.SERIAL,  # BodySerialNumber
    0xA435: Hidden.SERIAL,  # LensSerialNumber
    0xC62F: Hidden.SERIAL,  # CameraSerialNumber
    0xFDE8: Hidden.PERSON,  # OwnerName, as raw converters write it
    0xFDE9: Hidden.SERIAL,
    0x013C: Hidden.PERSON,  # HostComputer, which people call after themselves
    0x010D: Hidden.WORDS,  # DocumentName
    0x010E: Hidden.WORDS,  # ImageDescription
    0x9C9B: Hidden.WORDS,  # XPTitle, XPComment, XPKeywords, XPSubject
    0x9C9C: Hidden.WORDS,
    0x9C9E: Hidden.WORDS,
    0x9C9F: Hidden.WORDS,
    _COMMENT: Hidden.WORDS,
    0x927C: Hidden.NOTES,  # MakerNote: in each maker's own form, often with serial and owner
    0x02BC: Hidden.DATA,  # XMP and IPTC within a TIFF
    0x83BB: Hidden.DATA,
}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of a value, by its type."""
_INLINE = 4
_EMPTY = b"\x00 \t\r\n0"
"""What stands in a field that says nothing."""
_BY_PROGRAM = re.compile(
    rb"screenshot|applemark|lavc[0-9.]*|optimi[sz]ed by .*|creator: .*"
    rb"|(?:file )?(?:created|written|made|generated|compressed) (?:with|by|in) .*",
    re.IGNORECASE | re.DOTALL,
)
"""What programs write where people write words; it names no one."""


class _Field(NamedTuple):
    tag: int
    value: bytes
    number: int
    """The value as a number, where it leads somewhere."""


class _Reader:
    """Reads the directories of one TIFF, each once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._order = "<" if data.startswith(b"II") else ">"
        self._seen: set[int] = set()
        self._fields = 0
        self._left = MOST_READ * len(data)

    def first(self) -> int:
        (magic, place) = struct.unpack_from(f"{self._order}HI", self._data, 2)
        if self._data[:2] not in (b"II", b"MM") or magic != 42:  # noqa: PLR2004 (TIFF's own number)
            raise ValueError("no TIFF")
        return int(place)

    def directory(self, place: int) -> tuple[list[_Field], int]:
        """Return the fields, and where the next directory is. Raises struct.error, ValueError."""
        if place in self._seen or len(self._seen) == MOST_DIRECTORIES:
            raise ValueError("goes in circles")
        self._seen.add(place)
        (count,) = struct.unpack_from(f"{self._order}H", self._data, place)
        self._fields += count
        if self._fields > MOST_FIELDS:
            raise ValueError("has too many fields")
        fields = [self._field(place + 2 + 12 * number) for number in range(count)]
        after = self._data[place + 2 + 12 * count :][:4]
        following = struct.unpack(f"{self._order}I", after)[0] if len(after) == _INLINE else 0
        return fields, following

    def _field(self, place: int) -> _Field:
        tag, kind, count = struct.unpack_from(f"{self._order}HHI", self._data, place)
        size = _SIZES.get(kind, 1) * count
        (number,) = struct.unpack_from(f"{self._order}I", self._data, place + 8)
        start = place + 8 if size <= _INLINE else number
        value = self._data[start : start + size]
        self._left -= len(value)
        if self._left < 0:
            raise ValueError("has fields that overlap")
        # What is told elsewhere than in the file counts as told.
        return _Field(tag, value or b"?" * bool(size), number)


def are_words(text: bytes) -> bool:
    """Tell whether a text, in any alphabet, says anything but which program wrote it."""
    plain = text.replace(b"\x00", b"").strip(_EMPTY)
    return bool(plain) and not _BY_PROGRAM.fullmatch(plain)


def told(data: bytes) -> frozenset[Hidden]:
    """Tell what the EXIF tells; what cannot be read may tell anything."""
    found: set[Hidden] = set()
    try:
        found.update(_told(data.removeprefix(PREFIX)))
    except (struct.error, ValueError):
        found.add(Hidden.DATA)
    return frozenset(found)


def _told(data: bytes) -> Iterator[Hidden]:
    if not data:
        return
    reader = _Reader(data)
    waiting = [(reader.first(), False)]
    while waiting:
        place, places = waiting.pop()
        fields, following = reader.directory(place)
        for field in fields:
            if not places and field.tag in _FURTHER:
                waiting.append((field.number, field.tag == _PLACES))
            elif field.value.strip(_EMPTY):
                yield from _told_by(field, places=places)
        if following:
            waiting.append((following, False))


def _told_by(field: _Field, *, places: bool) -> Iterator[Hidden]:
    """Return what a field tells; of places, each but the version tells where it was."""
    if places and field.tag:
        yield Hidden.PLACE
    elif not places and field.tag in _TOLD:
        what = _TOLD[field.tag]
        text = field.value[_ALPHABET:] if field.tag == _COMMENT else field.value
        if what is not Hidden.WORDS or are_words(text):
            yield what


def orientation(data: bytes) -> int:
    """Return how the camera was held, from the first directory; 1 is upright.

    Readers of EXIF fail in many ways over a damaged one, which is no reason to refuse a picture.
    """
    try:
        reader = _Reader(data.removeprefix(PREFIX))
        fields, _ = reader.directory(reader.first())
    except (struct.error, ValueError):
        return 1
    little = data.removeprefix(PREFIX).startswith(b"II")
    for field in fields:
        if field.tag == _ORIENTATION:
            return int.from_bytes(field.value[:2], "little" if little else "big")
    return 1


def upright(turned: int) -> bytes:
    """Return the least EXIF that says how the camera was held."""
    field = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
    return b"MM\x00*\x00\x00\x00\x08\x00\x01" + field + bytes(4)
