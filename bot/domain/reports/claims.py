"""What can be claimed, and through which door it goes (facts: two doors at Amazon)."""

from __future__ import annotations

import enum

from bot.domain.rights import RightKind


class Door(enum.StrEnum):
    """Where a matter belongs. Staff behind the wrong one cannot re-route it."""

    INFRINGEMENT = "infringement"
    POLICY = "policy"
    AUTHORISATION = "authorisation"
    LAWFUL = "lawful"
    LAWYER = "lawyer"
    COLLECT = "collect"

    @property
    def label(self) -> str:
        """The door as people read it."""
        return _DOORS[self]

    @property
    def files(self) -> bool:
        """Tell whether something is filed at Amazon behind it."""
        return self in (Door.INFRINGEMENT, Door.POLICY)


_DOORS = {
    Door.INFRINGEMENT: "Report a Violation (Brand Registry)",
    Door.POLICY: "Report Abuse (Seller Central)",
    Door.AUTHORISATION: "Ask the seller for their authorisation",
    Door.LAWFUL: "Lawful reseller: leave alone",
    Door.LAWYER: "Ask a lawyer",
    Door.COLLECT: "Collect evidence first",
}


class Claim(enum.StrEnum):
    """What a report says that somebody does. One report makes one claim."""

    COUNTERFEIT = "counterfeit"
    TRADEMARK = "trademark"
    COPYRIGHT = "copyright"
    PATENT = "patent"
    WRONG_VERSION = "wrong-version"
    USED_AS_NEW = "used-as-new"
    MISSING_PARTS = "missing-parts"
    TAMPERED_SERIAL = "tampered-serial"
    DUPLICATE = "duplicate-listing"
    VARIATION = "wrong-variation"
    KEYWORDS = "keyword-misuse"
    TAKEOVER = "page-takeover"
    REVIEWS = "review-abuse"

    @property
    def label(self) -> str:
        """The claim as people read it."""
        return _CLAIMS[self]

    @property
    def right(self) -> RightKind | None:
        """Return the kind of right that it rests on; policy claims rest on none."""
        return _RIGHTS.get(self)


_CLAIMS = {
    Claim.COUNTERFEIT: "Counterfeit",
    Claim.TRADEMARK: "Trademark used without permission",
    Claim.COPYRIGHT: "Our pictures or texts copied",
    Claim.PATENT: "Patent infringed",
    Claim.WRONG_VERSION: "Another version than the page shows",
    Claim.USED_AS_NEW: "Used goods sold as new",
    Claim.MISSING_PARTS: "Parts missing",
    Claim.TAMPERED_SERIAL: "Serial number removed or changed",
    Claim.DUPLICATE: "Duplicate listing",
    Claim.VARIATION: "Wrong variation",
    Claim.KEYWORDS: "Our name as a search word",
    Claim.TAKEOVER: "Our page was taken over",
    Claim.REVIEWS: "Review abuse",
}

_RIGHTS = {
    Claim.COUNTERFEIT: RightKind.TRADEMARK,
    Claim.TRADEMARK: RightKind.TRADEMARK,
    Claim.COPYRIGHT: RightKind.COPYRIGHT,
    Claim.PATENT: RightKind.PATENT,
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
