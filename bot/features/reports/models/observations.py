"""What people see and how they know it: the answers that the router works with."""

from __future__ import annotations

import enum

from bot.core.labeled import LabeledEnum
from bot.features.rights.models import BrandRightKind


class Observation(LabeledEnum):
    """What a person sees going on."""

    COPY = "copy", "A copy we did not make"
    UNSURE = "unsure", "We only know that an unknown seller offers it"
    USED = "used", "Used or opened item sold as new"
    VERSION = "version", "Different version than the page shows"
    PARTS = "parts", "Parts are missing"
    SERIAL = "serial", "Serial number removed or changed"
    MATERIAL = "material", "Different warranty, region, packaging or quality control"
    UNSAFE = "unsafe", "Unsafe or not compliant"
    TRANSPARENCY = "transparency", "Transparency codes are missing"
    GENUINE = "genuine", "Sold without our permission"
    PRICE = "price", "Sold below our minimum price"
    NAME = "name", "Our name or logo on someone else's product"
    CONTENT = "content", "Our images or text on another page"
    DESIGN = "design", "A product that copies our registered design"
    INVENTION = "invention", "A product that uses our patent"
    MODEL = "utility-model", "A product that uses our utility model"
    TITLE = "title", "In another product's title, bullets or images"
    KEYWORDS = "keywords", "In another product's hidden search terms"
    COMPATIBLE = "compatible", "In words such as 'compatible with' our brand"
    ADS = "ads", "In ads: they appear when people search for us"
    TAKEOVER = "takeover", "Our page's text, images or brand changed"
    VARIATION = "variation", "A product that is not ours among our variations"
    DUPLICATE = "duplicate", "A duplicate page for our product"
    REVIEWS = "reviews", "Fake or abusive reviews"

    @property
    def about_goods(self) -> bool:
        """Tell whether it is about what a buyer gets, so that one must know it from somewhere."""
        return self in _GOODS

    @property
    def genuine(self) -> bool:
        """Tell whether it is about our own product, new and as we made it."""
        return self in (Observation.GENUINE, Observation.PRICE)

    @property
    def nameless(self) -> bool:
        """Tell whether the seller of the case may have nothing to do with it."""
        return self in _NAMELESS

    @property
    def apart(self) -> bool:
        """Tell whether it does not matter who the case's seller is, unless they did it.

        Where it infringes a right, it does: a lawful reseller shall not come to harm by it.
        """
        return self.nameless and self.kind is None

    @property
    def kind(self) -> BrandRightKind | None:
        """Return the kind of right that such a report would rest on."""
        return _KINDS.get(self)


_GOODS = frozenset(
    {
        Observation.COPY,
        Observation.USED,
        Observation.VERSION,
        Observation.PARTS,
        Observation.SERIAL,
        Observation.GENUINE,
        Observation.PRICE,
    }
)
_NAMELESS = frozenset(
    {
        Observation.TITLE,
        Observation.KEYWORDS,
        Observation.TAKEOVER,
        Observation.VARIATION,
        Observation.DUPLICATE,
        Observation.REVIEWS,
    }
)
_KINDS = {
    Observation.COPY: BrandRightKind.TRADEMARK,
    Observation.NAME: BrandRightKind.TRADEMARK,
    Observation.TITLE: BrandRightKind.TRADEMARK,
    Observation.CONTENT: BrandRightKind.COPYRIGHT,
    Observation.DESIGN: BrandRightKind.DESIGN,
    Observation.INVENTION: BrandRightKind.PATENT,
    Observation.MODEL: BrandRightKind.UTILITY_MODEL,
}

PAGE = "page"
"""The matter of a page of ours that was changed."""
MATTERS: dict[str, tuple[str, tuple[Observation, ...]]] = {
    "doubt": ("A product that may not be ours", (Observation.COPY, Observation.UNSURE)),
    "wrong": (
        "Our product, but something is wrong with it",
        (
            Observation.USED,
            Observation.VERSION,
            Observation.PARTS,
            Observation.SERIAL,
            Observation.MATERIAL,
            Observation.UNSAFE,
            Observation.TRANSPARENCY,
        ),
    ),
    "resold": ("Our product, new and genuine", (Observation.GENUINE, Observation.PRICE)),
    "rights": (
        "Our logo, images, text, design or patent",
        (
            Observation.NAME,
            Observation.CONTENT,
            Observation.DESIGN,
            Observation.INVENTION,
            Observation.MODEL,
        ),
    ),
    "words": (
        "Our name in another page's words, or in ads",
        (Observation.TITLE, Observation.KEYWORDS, Observation.COMPATIBLE, Observation.ADS),
    ),
    PAGE: (
        "Our page was changed or duplicated",
        (Observation.TAKEOVER, Observation.VARIATION, Observation.DUPLICATE),
    ),
    "reviews": ("Reviews", (Observation.REVIEWS,)),
}
"""What is asked first, and what each answer may be in detail."""


class Grounds(LabeledEnum):
    """How one knows what a buyer gets."""

    TEST_BUY = "test-buy", "We bought one and inspected it"
    DIFFERENCES = "differences", "Photos show how it differs"
    RECORDS = "records", "Our own records show it"
    SUPPLIER = "supplier", "One of our dealers told us"
    SUSPICION = "suspicion", "We suspect it"


OF_WRONG = (Grounds.TEST_BUY, Grounds.DIFFERENCES, Grounds.SUSPICION)
"""How one knows that goods are not as they should be."""
OF_GENUINE = (Grounds.TEST_BUY, Grounds.RECORDS, Grounds.SUPPLIER, Grounds.SUSPICION)
"""How one knows that they are genuine."""


class Origin(enum.StrEnum):
    """Where genuine goods were first sold, seen from the marketplace's territory."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class RightValidity(enum.StrEnum):
    """What a right is worth at Amazon, in one marketplace."""

    GOOD = "good"
    GRACE = "grace"
    """Its term ended within the last six months."""
    UNKNOWN = "unknown"
    """Nobody said in which countries it counts."""
    PENDING = "pending"
    EXPIRED = "expired"
    ELSEWHERE = "elsewhere"
    NONE = "none"
