"""The page names another brand, or the brand with characters in it that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.findings import Severity
from bot.core.text import one_line
from checks.listings.comparison import ContentChange, ContentField, ListingPair
from checks.listings.excerpts import LONGEST, NOTHING
from checks.listings.fingerprints import of_text
from checks.wording.hidden import newly_split
from checks.wording.markup import plain_text
from checks.wording.wording import wording

_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"visit the (?P<brand>.+) store",
        r"besuchen? (?:sie )?den (?P<brand>.+?)[- ]store",
        r"visite[rz] la boutique (?:de )?(?P<brand>.+)",
        r"visitar? la (?:tienda|store) (?:de )?(?P<brand>.+)",
        r"visita (?:lo store|il negozio) di (?P<brand>.+)",
        r"(?P<brand>.+?)の?ストアを(?:表示|見る)",
        r"bezoek de (?:store van (?P<brand>.+)|(?P<brand_nl>.+?)[- ]store)",
        r"visite a loja (?P<brand>.+)",
        r"besök (?P<brand>.+?)[- ]butiken",
        r"odwiedź sklep (?P<brand>.+)",
        r"(?P<brand>.+?) store'?u ziyaret edin",
        r"(?:brand|marke|marque|marca|merk|varumärke|marka|ブランド(?:名)?) ?: ?(?P<brand>.+)",
    )
)
"""Ways in which Amazon writes a brand: as a link to its store, and behind a label."""


def brand_changed(pair: ListingPair) -> Iterator[ContentChange]:
    """Find another brand, or none, or one that no search finds."""
    before, after = pair.baseline.brand, pair.page.brand
    if before is None or after is None or before == after:
        return
    old, new = brand_name(before), brand_name(after)
    key = wording(new, pair.tag).key
    summary, mark = "The brand changed" if new else "The brand is empty", ""
    if wording(old, pair.tag).key == key:
        split = newly_split(old, before, after, pair.tag)
        if split is None:
            return
        old, new = (_named(each.text) for each in split)
        summary, mark = "The brand has an invisible character in it", split[1].mark
    yield ContentChange(
        field=ContentField.BRAND,
        severity=Severity.CRITICAL,
        summary=summary,
        before=one_line(old, LONGEST) or NOTHING,
        after=one_line(new, LONGEST) or NOTHING,
        fingerprint=of_text(ContentField.BRAND, f"{key}{mark}"),
    )


def brand_name(written: str) -> str:
    """Return a brand without what Amazon writes around it."""
    return _named(plain_text(written))


def _named(text: str) -> str:
    for pattern in _WRITTEN:
        found = pattern.fullmatch(text)
        if found:
            return next(name for name in found.groups() if name)
    return text
