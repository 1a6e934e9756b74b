"""The bullets say something else; joined, split or in another order, they say the same."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Severity
from checks.listings.comparison import ContentChange, ContentField, ListingPair
from checks.listings.excerpts import excerpts
from checks.listings.fingerprints import of_text
from checks.listings.wording import wording


def bullets_changed(pair: ListingPair) -> Iterator[ContentChange]:
    """Find bullets that a buyer would understand differently."""
    before, after = pair.baseline.bullets, pair.page.bullets
    if before is None or after is None or before == after:
        return
    old, new = _by_key(before, pair.tag), _by_key(after, pair.tag)
    whole = wording(_joined(after), pair.tag).key
    if old.keys() == new.keys() or wording(_joined(before), pair.tag).key == whole:
        return
    gone = tuple(text for key, text in old.items() if key not in new)
    came = tuple(text for key, text in new.items() if key not in old)
    was, says = excerpts(_joined(gone), _joined(came), pair.tag)
    yield ContentChange(
        field=ContentField.BULLETS,
        severity=Severity.WARNING,
        summary=_summary(gone, came, left=bool(new)),
        before=was,
        after=says,
        fingerprint=of_text(ContentField.BULLETS, whole),
    )


def _by_key(bullets: tuple[str, ...], tag: str) -> dict[str, str]:
    """Return the bullets by what they say, without those that say nothing."""
    said = {wording(text, tag).key: text for text in bullets}
    return {key: text for key, text in said.items() if key}


def _joined(bullets: tuple[str, ...]) -> str:
    return "\n".join(bullets)


def _summary(gone: tuple[str, ...], came: tuple[str, ...], *, left: bool) -> str:
    if not left:
        return "All bullets are gone"
    if not came:
        return "A bullet is gone" if len(gone) == 1 else f"{len(gone)} bullets are gone"
    if not gone:
        return "A bullet was added" if len(came) == 1 else f"{len(came)} bullets were added"
    return "A bullet changed" if len(gone) == len(came) == 1 else "The bullets changed"
