"""The product belongs to another variation family, to one more, or to none."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Severity
from bot.core.text import one_line, seen
from checks.listings.comparison import ContentChange, ContentField, ListingPair
from checks.listings.excerpts import LONGEST
from checks.listings.fingerprints import of_text

NO_FAMILY = "(none)"


def family_changed(pair: ListingPair) -> Iterator[ContentChange]:
    """Find another family; buyers see its reviews and its other products on the page."""
    if pair.baseline.parents is None or pair.page.parents is None:
        return
    before, after = _asins(pair.baseline.parents), _asins(pair.page.parents)
    if before == after:
        return
    yield ContentChange(
        field=ContentField.FAMILY,
        severity=Severity.CRITICAL,
        summary=_summary(before, after),
        before=one_line(", ".join(sorted(before)), LONGEST) or NO_FAMILY,
        after=one_line(", ".join(sorted(after)), LONGEST) or NO_FAMILY,
        fingerprint=of_text(ContentField.FAMILY, ",".join(sorted(after))),
    )


def _asins(parents: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(None, (seen(each).strip().upper() for each in parents)))


def _summary(before: frozenset[str], after: frozenset[str]) -> str:
    if not after:
        return "The product left its variation family"
    if not before:
        return "The product was added to a variation family"
    return "The variation family changed"
