"""The description says something else."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Severity
from checks.listings.comparison import ContentChange, ContentField, ListingPair
from checks.listings.excerpts import excerpts
from checks.listings.fingerprints import of_text
from checks.wording.wording import wording


def description_changed(pair: ListingPair) -> Iterator[ContentChange]:
    """Find a description that a buyer would understand differently."""
    before, after = pair.baseline.description, pair.page.description
    if before is None or after is None or before == after:
        return
    said = wording(after, pair.tag)
    if wording(before, pair.tag).says(said):
        return
    was, says = excerpts(before, after, pair.tag)
    yield ContentChange(
        field=ContentField.DESCRIPTION,
        severity=Severity.WARNING,
        summary="The description changed" if said.key else "The description is empty",
        before=was,
        after=says,
        fingerprint=of_text(ContentField.DESCRIPTION, said.key),
    )
