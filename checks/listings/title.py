"""The title says something else, or names the brand with characters in it that nobody sees.

The brand that Amazon puts in front of a title is no change.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Severity
from checks.listings.brand import brand_name
from checks.listings.comparison import ContentChange, ContentField, ListingPair
from checks.listings.excerpts import around, excerpts
from checks.listings.fingerprints import of_text
from checks.wording.hidden import newly_split
from checks.wording.wording import Wording, wording

ENOUGH = 0.5
"""Share of a title's words; where fewer are left, it names another product."""


def title_changed(pair: ListingPair) -> Iterator[ContentChange]:
    """Find a title that a buyer would understand differently."""
    before, after = pair.baseline.title, pair.page.title
    if before is None or after is None or before == after:
        return
    old, new = wording(before, pair.tag), wording(after, pair.tag)
    brand = brand_name(pair.baseline.brand or "")
    split = newly_split(brand, before, after, pair.tag)
    same = old.says(new) or wording(f"{brand} {before}", pair.tag).says(new)
    if same and split is None:
        return
    if split is None:
        (was, says), mark = excerpts(before, after, pair.tag), ""
    else:
        (was, says), mark = (around(each.text, each.start) for each in split), split[1].mark
    severity, summary = _judged(old, new, wording(brand, pair.tag).key, split=split is not None)
    fingerprint = of_text(ContentField.TITLE, f"{new.key}{mark}")
    yield ContentChange(ContentField.TITLE, severity, summary, was, says, fingerprint)


def _judged(old: Wording, new: Wording, brand: str, *, split: bool) -> tuple[Severity, str]:
    if not new.key:
        return Severity.CRITICAL, "The title is empty"
    if _kept(old, new) < ENOUGH:
        return Severity.CRITICAL, "The title names another product"
    if split:
        return Severity.CRITICAL, "The brand in the title has an invisible character in it"
    if brand and brand in old.key and brand not in new.key:
        return Severity.CRITICAL, "The title no longer names the brand"
    return Severity.WARNING, "The title changed"


def _kept(old: Wording, new: Wording) -> float:
    """Return the share of a title's words that another one has, numbers aside."""
    words = {word.value for word in old.words if not word.number}
    return len(words & {word.value for word in new.words}) / len(words) if words else 0.0
