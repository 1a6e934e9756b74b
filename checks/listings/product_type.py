"""Amazon files the product under another type."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Severity
from bot.core.text import folded, one_line
from checks.listings.comparison import ContentChange, ContentField, ListingPair
from checks.listings.excerpts import LONGEST, NOTHING
from checks.listings.fingerprints import of_text


def product_type_changed(pair: ListingPair) -> Iterator[ContentChange]:
    """Find another product type; Amazon writes one as WATER_BOTTLE or as Water Bottle."""
    before, after = pair.baseline.product_type, pair.page.product_type
    if before is None or after is None or folded(before) == folded(after):
        return
    yield ContentChange(
        field=ContentField.PRODUCT_TYPE,
        severity=Severity.WARNING,
        summary="The product type changed" if folded(after) else "The product type is empty",
        before=one_line(before, LONGEST) or NOTHING,
        after=one_line(after, LONGEST) or NOTHING,
        fingerprint=of_text(ContentField.PRODUCT_TYPE, folded(after)),
    )
