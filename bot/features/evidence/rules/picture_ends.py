"""What stands behind the end of a picture: what cameras put there, and what hides there.

Phones write a second picture, a short film or notes of their own behind a photo. None of it is
shown, and what is known to be a file of another kind is refused.
"""

from __future__ import annotations

import re

from bot.core.files import Hidden
from bot.core.interface import tr, tr_data
from bot.features.evidence.rules.picture_parts import JPEG_START, jpeg_parts

MOST_THINGS = 32
"""Pictures, films and notes behind one picture."""

_PADDING = re.compile(rb"[\x00\t\n\r ]*")
_BOX = re.compile(rb"(.{4})([A-Za-z0-9 ]{4})", re.DOTALL)
"""The head of a part of a film (ISO 14496-12): its length, and what it is."""
_LARGE_BOX = 16
"""Bytes of the head of a part whose length takes eight more."""
_FILM = b"ftyp"
_LARGE = (b"mdat", b"moov")
"""Parts of a film that may be cut off, as some are when a photo was sent in a hurry."""
_NOTES = re.compile(rb"(.{4})SEFT", re.DOTALL)
"""The end of the trailer in which Samsung's phones keep notes; the length of its directory."""
_FILM_WITHIN = re.compile(rb"MotionPhoto_Data|.{4}ftyp", re.DOTALL)

OTHERS = (
    (
        re.compile(rb"PK(?:\x03\x04|\x05\x06|\x06\x06|\x07\x08)|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c"),
        "an archive",
    ),
    (re.compile(rb"%PDF-"), "a PDF"),
    (
        re.compile(
            rb"<(?:!doctype|html|head|body|script|svg|iframe|img|object|embed|\?php|\?xml)",
            re.IGNORECASE,
        ),
        "a web page",
    ),
    (re.compile(rb"\x7fELF|This program (?:cannot|must)"), "a program"),
)
"""Files of other kinds, wherever they begin."""
OTHERS_AT_ONCE = (
    (re.compile(rb"\x1f\x8b\x08|BZh[1-9]|\xfd7zXZ"), "an archive"),
    (re.compile(rb"MZ|#!|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|\xce\xfa\xed\xfe|\x00asm"), "a program"),
)
"""Those that are known by too little to be looked for everywhere."""


def behind(content: bytes, end: int) -> tuple[frozenset[Hidden], tuple[int, ...]]:
    """Tell what stands behind the end of a picture, and where further JPEG pictures begin.

    Raises:
        ValueError: a file of another kind does; goes on from 'It begins like a picture and'.
    """
    found: set[Hidden] = set()
    pictures: list[int] = []
    place = end
    for _ in range(MOST_THINGS):
        place = _behind_padding(content, place)
        if place == len(content):
            return frozenset(found), tuple(pictures)
        if _is_notes(content, place):
            # What Samsung's phones write around a film is of no interest beside it.
            film = _FILM_WITHIN.search(content, place)
            found.add(Hidden.FILM if film else Hidden.NOTES)
            if not film:
                _require_harmless(content, place)
            return frozenset(found), tuple(pictures)
        following = _behind_picture(content, place)
        if following:
            pictures.append(place)
        else:
            following = _behind_film(content, place)
            if not following:
                break
            found.add(Hidden.FILM)
        place = following
    _require_harmless(content, place)
    return frozenset({*found, Hidden.DATA}), tuple(pictures)


def _behind_padding(content: bytes, place: int) -> int:
    found = _PADDING.match(content, place)
    end = found.end() if found else place
    # The length with which a film begins looks like padding.
    film = content.find(_FILM, max(end, place + 4), end + 8)
    return film - 4 if film >= 0 else end


def _is_notes(content: bytes, place: int) -> bool:
    whole = len(content.rstrip(b"\x00"))
    notes = _NOTES.fullmatch(content, max(place, whole - 8), whole)
    if notes is None:
        return False
    directory = whole - 8 - int.from_bytes(notes[1], "little")
    return directory >= place and content.startswith(b"SEFH", directory)


def _behind_picture(content: bytes, place: int) -> int:
    """Return the end of the JPEG that begins there; 0: none does."""
    if not content.startswith(JPEG_START, place):
        return 0
    try:
        *_, last = jpeg_parts(content, place)
    except ValueError:
        return 0
    return last.end


def _behind_film(content: bytes, start: int) -> int:
    """Return the end of the film that begins there; 0: none does."""
    place = start
    if not content.startswith(_FILM, start + 4):
        return 0
    while (head := _BOX.match(content, place)) is not None:
        length = int.from_bytes(head[1], "big")
        if length == 1 and place + _LARGE_BOX <= len(content):
            length = int.from_bytes(content[place + 8 : place + _LARGE_BOX], "big")
        cut_off = place + length > len(content) and head[2] in _LARGE
        if length == 0 or cut_off:
            return len(content)
        if length < len(head[0]) or place + length > len(content):
            break
        place += length
    return place if place > start else 0


def _require_harmless(content: bytes, place: int) -> None:
    for signature, name in OTHERS_AT_ONCE:
        if signature.match(content, place):
            message = tr("has {name} after its end", name=tr_data(name))
            raise ValueError(message)
    for signature, name in OTHERS:
        if signature.search(content, place):
            message = tr("has {name} after its end", name=tr_data(name))
            raise ValueError(message)
