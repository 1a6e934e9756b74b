"""What people see and how they know it: the answers that the router works with."""

from __future__ import annotations

import enum

from bot.domain.rights import RightKind


class Seen(enum.StrEnum):
    """What a person sees going on."""

    COPY = "copy"
    UNSURE = "unsure"
    USED = "used"
    VERSION = "version"
    PARTS = "parts"
    SERIAL = "serial"
    MATERIAL = "material"
    GENUINE = "genuine"
    PRICE = "price"
    NAME = "name"
    CONTENT = "content"
    INVENTION = "invention"
    TAKEOVER = "takeover"
    VARIATION = "variation"
    DUPLICATE = "duplicate"
    KEYWORDS = "keywords"
    REVIEWS = "reviews"

    @property
    def label(self) -> str:
        """The answer as people choose it."""
        return _SEEN[self]

    @property
    def about_goods(self) -> bool:
        """Tell whether it is about what a buyer gets, so that one must know it from somewhere."""
        return self in _GOODS

    @property
    def kind(self) -> RightKind | None:
        """Return the kind of right that such a report would rest on."""
        return _KINDS.get(self)


_SEEN = {
    Seen.COPY: "A copy: we did not make it",
    Seen.UNSURE: "We only know that a stranger sells it",
    Seen.USED: "Used, sold as new",
    Seen.VERSION: "Another version than the page shows",
    Seen.PARTS: "Parts are missing",
    Seen.SERIAL: "The serial number is gone or changed",
    Seen.MATERIAL: "Other warranty, region, packaging or control",
    Seen.GENUINE: "Sold without our permission",
    Seen.PRICE: "Sold below our minimum price",
    Seen.NAME: "Our name or logo on another's product",
    Seen.CONTENT: "Our pictures or texts on another page",
    Seen.INVENTION: "A product that uses our patent",
    Seen.TAKEOVER: "Text, pictures or brand of our page changed",
    Seen.VARIATION: "A strange product among our variations",
    Seen.DUPLICATE: "A second page for our product",
    Seen.KEYWORDS: "Our name as a search word of others",
    Seen.REVIEWS: "Reviews that nobody honest wrote",
}
_GOODS = frozenset({Seen.COPY, Seen.USED, Seen.VERSION, Seen.PARTS, Seen.SERIAL})
_KINDS = {
    Seen.COPY: RightKind.TRADEMARK,
    Seen.NAME: RightKind.TRADEMARK,
    Seen.CONTENT: RightKind.COPYRIGHT,
    Seen.INVENTION: RightKind.PATENT,
}

MATTERS: dict[str, tuple[str, tuple[Seen, ...]]] = {
    "doubt": ("A product that is not ours, or may not be", (Seen.COPY, Seen.UNSURE)),
    "wrong": (
        "Our product, and something is wrong with it",
        (Seen.USED, Seen.VERSION, Seen.PARTS, Seen.SERIAL, Seen.MATERIAL),
    ),
    "resold": ("Our product, new and genuine", (Seen.GENUINE, Seen.PRICE)),
    "rights": (
        "Our name, pictures, texts or patent",
        (Seen.NAME, Seen.CONTENT, Seen.INVENTION),
    ),
    "page": (
        "Our page was changed, or copied",
        (Seen.TAKEOVER, Seen.VARIATION, Seen.DUPLICATE, Seen.KEYWORDS),
    ),
    "reviews": ("The reviews", (Seen.REVIEWS,)),
}
"""What is asked first, and what each answer may be in detail."""


class Grounds(enum.StrEnum):
    """How one knows what a buyer gets."""

    TEST_BUY = "test-buy"
    DIFFERENCES = "differences"
    SUSPICION = "suspicion"

    @property
    def label(self) -> str:
        """The answer as people choose it."""
        return _GROUNDS[self]


_GROUNDS = {
    Grounds.TEST_BUY: "We bought one and looked at it",
    Grounds.DIFFERENCES: "Photos show how it differs",
    Grounds.SUSPICION: "We suspect it",
}


class Standing(enum.StrEnum):
    """What a right is worth at Amazon, in one marketplace."""

    GOOD = "good"
    PENDING = "pending"
    EXPIRED = "expired"
    ELSEWHERE = "elsewhere"
    NONE = "none"
