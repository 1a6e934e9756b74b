"""What can be claimed, and through which door it goes (facts: two doors at Amazon)."""

from __future__ import annotations

from bot.core.labeled import LabeledEnum
from bot.features.rights.models import BrandRightKind


class Claim(LabeledEnum):
    """What a report says that somebody does. One report makes one claim."""

    COUNTERFEIT = "counterfeit", "Counterfeit"
    TRADEMARK = "trademark", "Trademark used without permission"
    COPYRIGHT = "copyright", "Our images or text copied"
    PATENT = "patent", "Patent infringed"
    DESIGN = "design", "Registered design copied"
    UTILITY_MODEL = "utility-model", "Utility model infringed"
    WRONG_VERSION = "wrong-version", "Different version than the page shows"
    USED_AS_NEW = "used-as-new", "Used goods sold as new"
    MISSING_PARTS = "missing-parts", "Missing parts"
    TAMPERED_SERIAL = "tampered-serial", "Serial number removed or changed"
    DUPLICATE = "duplicate-listing", "Duplicate listing"
    VARIATION = "wrong-variation", "Wrong variation"
    KEYWORDS = "keyword-misuse", "Our name used as a keyword"
    TAKEOVER = "page-takeover", "Our page was taken over"
    REVIEWS = "review-abuse", "Review abuse"

    @property
    def right(self) -> BrandRightKind | None:
        """Return the kind of right that it rests on; policy claims rest on none."""
        return _RIGHTS.get(self)


_RIGHTS = {
    Claim.COUNTERFEIT: BrandRightKind.TRADEMARK,
    Claim.TRADEMARK: BrandRightKind.TRADEMARK,
    Claim.COPYRIGHT: BrandRightKind.COPYRIGHT,
    Claim.PATENT: BrandRightKind.PATENT,
    Claim.DESIGN: BrandRightKind.DESIGN,
    Claim.UTILITY_MODEL: BrandRightKind.UTILITY_MODEL,
}

GOODS = frozenset(
    {
        Claim.COUNTERFEIT,
        Claim.WRONG_VERSION,
        Claim.USED_AS_NEW,
        Claim.MISSING_PARTS,
        Claim.TAMPERED_SERIAL,
    }
)
"""Claims about what a buyer gets: they want an order."""

PAGES = frozenset(
    {
        Claim.COPYRIGHT,
        Claim.DUPLICATE,
        Claim.VARIATION,
        Claim.KEYWORDS,
        Claim.TAKEOVER,
        Claim.REVIEWS,
    }
)
"""Claims about a page: nobody sees who did it."""

USES = frozenset({Claim.TRADEMARK, Claim.PATENT, Claim.DESIGN, Claim.UTILITY_MODEL})
"""Claims that a product uses what is ours."""

ON_GOODS = GOODS | USES
"""Claims about what a seller offers: all that are not about a page."""
