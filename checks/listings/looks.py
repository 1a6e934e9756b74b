"""Whether two pictures are the same to a buyer, by their bytes and by what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.listing_content import ListingPicture
from bot.core.text import seen

ALIKE = 10
"""Bits of 64 that may differ between two looks of one picture. Compression and scaling change at
most six; other pictures differ in more than sixteen."""

_IMAGE_ID = re.compile(r"/I/([\w+%-]{6,40})(?:\.|$)")
_LOOK = re.compile(r"[0-9a-f]{16}")


def near(look: str, other: str) -> bool:
    """Tell whether two looks may be of one picture."""
    return (int(look, 16) ^ int(other, 16)).bit_count() <= ALIKE


def has_look(picture: ListingPicture) -> bool:
    """Tell whether it is known what the picture looks like."""
    return _LOOK.fullmatch(picture.look) is not None


def alike(one: ListingPicture, other: ListingPicture) -> bool | None:
    """Tell whether two pictures are the same to a buyer; None: nobody can tell.

    The address says nothing where looks are known: another picture may stand under the same one.
    """
    if one.digest and one.digest == other.digest:
        return True
    if has_look(one) and has_look(other):
        return near(one.look, other.look)
    if has_look(one) or has_look(other):
        return None
    return True if image_id(one) and image_id(one) == image_id(other) else None


def among(picture: ListingPicture, others: Iterable[ListingPicture]) -> bool | None:
    """Tell whether a picture is the same as one of several; None: nobody can tell."""
    found = [alike(picture, other) for other in others]
    if True in found:
        return True
    return None if None in found else False


def image_id(picture: ListingPicture) -> str:
    """Return Amazon's name of a picture, which is in its address without host, size and query."""
    found = _IMAGE_ID.search(seen(picture.link))
    return found[1] if found else ""
