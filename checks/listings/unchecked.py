"""What one of two readings of a page could not tell: it is 'could not check', never a change."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.listing_content import ListingPicture
from checks.listings.comparison import ContentField, ListingPair
from checks.listings.looks import among


def unchecked_fields(pair: ListingPair) -> Iterator[ContentField]:
    """Yield the fields that could not be compared, in their order."""
    before, after = pair.baseline, pair.page
    told = {
        ContentField.BRAND: (before.brand, after.brand),
        ContentField.TITLE: (before.title, after.title),
        ContentField.FAMILY: (before.parents, after.parents),
        ContentField.BULLETS: (before.bullets, after.bullets),
        ContentField.DESCRIPTION: (before.description, after.description),
        ContentField.PRODUCT_TYPE: (before.product_type, after.product_type),
    }
    unseen = set(_unseen_images(before.pictures, after.pictures))
    for field in ContentField:
        if field in unseen or None in told.get(field, ()):
            yield field


def _unseen_images(
    before: tuple[ListingPicture, ...] | None, after: tuple[ListingPicture, ...] | None
) -> Iterator[ContentField]:
    if before is None or after is None:
        yield from (ContentField.MAIN_IMAGE, ContentField.IMAGES)
        return
    mains = [picture for picture in before if picture.main]
    if any(among(picture, mains) is None for picture in after if picture.main):
        yield ContentField.MAIN_IMAGE
    others = [(each, before) for each in after if not each.main]
    others += [(each, after) for each in before if not each.main]
    if any(among(picture, known) is None for picture, known in others):
        yield ContentField.IMAGES
