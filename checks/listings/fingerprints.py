"""What names a change, so that it is told once and an approved one never again.

A fingerprint says which field changed and what it says now; what it said before is no part of it.
Texts are named by what they say, so drift leaves their fingerprint alone. Pictures are named by
their looks, which compression changes by a few bits: ``known`` compares those.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable

from bot.core.listing_content import ListingPicture
from checks.listings.comparison import ContentField
from checks.listings.looks import has_look, image_id, near

LENGTH = 24
"""Hexadecimal digits that name a text."""
_LOOK = re.compile(r"look=([0-9a-f]{16})")


def of_text(field: ContentField, key: str) -> str:
    """Return the fingerprint of a field that says what ``key`` says."""
    return f"{field}:{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:LENGTH]}"


def of_pictures(
    field: ContentField, new: Iterable[ListingPicture], gone: Iterable[ListingPicture]
) -> str:
    """Return the fingerprint of pictures that came and others that went."""
    came = {f"+{_name(picture)}" for picture in new}
    went = {f"-{_name(picture)}" for picture in gone}
    return f"{field}:{','.join(sorted(came | went))}"


def known(fingerprint: str, earlier: Collection[str]) -> bool:
    """Tell whether a change was told or approved before, whatever drift came since."""
    return fingerprint in earlier or any(_match(fingerprint, each) for each in earlier)


def _name(picture: ListingPicture) -> str:
    if has_look(picture):
        return f"look={picture.look}"
    return f"id={image_id(picture)}" if image_id(picture) else f"digest={picture.digest[:LENGTH]}"


def _match(one: str, other: str) -> bool:
    """Tell whether two fingerprints name pictures that look the same."""
    (field, _, names), (other_field, _, other_names) = one.partition(":"), other.partition(":")
    if field != other_field or not names or not other_names:
        return False
    left = names.split(",")
    for name in other_names.split(","):
        same = next((each for each in left if _alike(each, name)), None)
        if same is None:
            return False
        left.remove(same)
    return not left


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    look, other_look = _LOOK.fullmatch(one[1:]), _LOOK.fullmatch(other[1:])
    if look is None or other_look is None or one[0] != other[0]:
        return False
    return near(look[1], other_look[1])
