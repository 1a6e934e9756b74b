"""The main image shows something else; the same bytes at another address never do."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Severity
from bot.core.listing_content import ListingPicture
from checks.listings.comparison import ContentChange, ContentField, ListingPair
from checks.listings.fingerprints import of_pictures
from checks.listings.looks import among, image_id

NO_IMAGE = "(no image)"
IMAGE = "Image"


def main_image_changed(pair: ListingPair) -> Iterator[ContentChange]:
    """Find another main image, or none. Amazon may list one in several sizes."""
    before, after = _main(pair.baseline.pictures), _main(pair.page.pictures)
    if before is None or after is None or not (before or after):
        return
    new = [picture for picture in after if among(picture, before) is False]
    if after and not new:
        return
    was, shows = side_by_side(before, new)
    yield ContentChange(
        field=ContentField.MAIN_IMAGE,
        severity=Severity.CRITICAL,
        summary=_summary(before, after),
        before=was,
        after=shows,
        fingerprint=of_pictures(ContentField.MAIN_IMAGE, new, () if new else before),
    )


def _main(pictures: tuple[ListingPicture, ...] | None) -> list[ListingPicture] | None:
    return None if pictures is None else [picture for picture in pictures if picture.main]


def _summary(before: list[ListingPicture], after: list[ListingPicture]) -> str:
    if not after:
        return "The main image is gone"
    return "The main image shows something else" if before else "A main image was added"


def side_by_side(before: list[ListingPicture], after: list[ListingPicture]) -> tuple[str, str]:
    """Return names of pictures that went and came; people must see that they are others."""
    was, shows = _names(before), _names(after)
    return was, f"{shows} (replaced at the same address)" if was == shows else shows


def _names(pictures: list[ListingPicture]) -> str:
    """Return Amazon's names of pictures, a few of them, so that people can tell them apart."""
    names = [f"{each.variant} {image_id(each)}".strip() or IMAGE for each in pictures]
    several = [
        *names[:MOST_NAMES],
        *([f"{len(names) - MOST_NAMES} more"] * (len(names) > MOST_NAMES)),
    ]
    return ", ".join(several) or NO_IMAGE


MOST_NAMES = 3
"""Pictures that are named; of the others their number."""
