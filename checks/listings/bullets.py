"""The bullets say something else; joined, split or in another order, they say the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bot.core.findings import Severity
from checks.listings.comparison import ContentChange, ContentField, ListingPair
from checks.listings.excerpts import excerpts
from checks.listings.fingerprints import of_text
from checks.wording.wording import wording

_NUMBERED = re.compile(r"\W*?(?:\(?(\d{1,2})[.):]\s|([\u2460-\u2473]))")
"""What counts bullets, in front of each: 1. or (1) or a number in a circle."""


def bullets_changed(pair: ListingPair) -> Iterator[ContentChange]:
    """Find bullets that a buyer would understand differently."""
    if pair.baseline.bullets is None or pair.page.bullets is None:
        return
    before, after = _uncounted(pair.baseline.bullets), _uncounted(pair.page.bullets)
    if before == after:
        return
    after = _as_before(before, after, pair.tag)
    old, new = _by_key(before, pair.tag), _by_key(after, pair.tag)
    whole = wording(_joined(after), pair.tag)
    if old.keys() == new.keys() or wording(_joined(before), pair.tag).says(whole):
        return
    if _consists_of("".join(new), old.keys()) or _consists_of("".join(old), new.keys()):
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
        fingerprint=of_text(ContentField.BULLETS, whole.key),
    )


def _uncounted(bullets: tuple[str, ...]) -> tuple[str, ...]:
    """Return bullets without what counts them, if something counts them all."""
    signs = [_NUMBERED.match(text[:LONGEST_SIGN]) for text in bullets]
    counted = [
        int(unicodedata.numeric(each[2])) if each[2] else int(each[1]) for each in signs if each
    ]
    if len(bullets) < SEVERAL or counted != list(range(1, len(bullets) + 1)):
        return bullets
    return tuple(text[sign.end() :] for text, sign in zip(bullets, signs, strict=True) if sign)


def _as_before(before: tuple[str, ...], after: tuple[str, ...], tag: str) -> tuple[str, ...]:
    """Write each bullet as it was written, if it says the same as one that was there."""
    old = [(text, wording(text, tag)) for text in before]
    read = ((text, wording(text, tag)) for text in after)
    return tuple(next((was for was, said in old if said.says(now)), text) for text, now in read)


def _by_key(bullets: tuple[str, ...], tag: str) -> dict[str, str]:
    """Return the bullets by what they say, without those that say nothing."""
    said = {wording(text, tag).key: text for text in bullets}
    return {key: text for key, text in said.items() if key}


def _consists_of(said: str, parts: Iterable[str]) -> bool:
    """Tell whether a text is made of all parts, each once, in whatever order."""
    left = sorted(parts, key=len, reverse=True)
    while left:
        part = next((each for each in left if said.startswith(each)), None)
        if part is None:
            return False
        left.remove(part)
        said = said[len(part) :]
    return not said


def _joined(bullets: tuple[str, ...]) -> str:
    return "\n".join(bullets)


LONGEST_SIGN = 12
"""Characters in which the number of a bullet stands."""
SEVERAL = 2
"""Bullets from which on numbers in front of them count them."""


def _summary(gone: tuple[str, ...], came: tuple[str, ...], *, left: bool) -> str:
    if not left:
        return "All bullets are gone"
    if not came:
        return "A bullet is gone" if len(gone) == 1 else f"{len(gone)} bullets are gone"
    if not gone:
        return "A bullet was added" if len(came) == 1 else f"{len(came)} bullets were added"
    return "A bullet changed" if len(gone) == len(came) == 1 else "The bullets changed"
