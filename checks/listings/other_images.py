"""The images beside the main one show something else; their order and sizes are no change."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Severity
from bot.core.listing_content import ListingPicture
from checks.listings.comparison import ContentChange, ContentField, ListingPair
from checks.listings.fingerprints import of_pictures
from checks.listings.looks import among
from checks.listings.main_image import side_by_side


def other_images_changed(pair: ListingPair) -> Iterator[ContentChange]:
    """Find images that came or went."""
    before, after = pair.baseline.pictures, pair.page.pictures
    if before is None or after is None or before == after:
        return
    new = [each for each in after if not each.main and among(each, before) is False]
    gone = [each for each in before if not each.main and among(each, after) is False]
    if not new and not gone:
        return
    was, shows = side_by_side(gone, new)
    yield ContentChange(
        field=ContentField.IMAGES,
        severity=Severity.WARNING,
        summary=_summary(new, gone),
        before=was,
        after=shows,
        fingerprint=of_pictures(ContentField.IMAGES, new, gone),
    )


def _summary(new: list[ListingPicture], gone: list[ListingPicture]) -> str:
    if not new:
        return "An image is gone" if len(gone) == 1 else f"{len(gone)} images are gone"
    if not gone:
        return "An image was added" if len(new) == 1 else f"{len(new)} images were added"
    return "An image shows something else" if len(new) == len(gone) == 1 else "The images changed"
