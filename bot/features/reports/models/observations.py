"""What people see and how they know it: the answers that the router works with."""

from __future__ import annotations

import enum

from bot.core.labeled import LabeledEnum
from bot.features.rights.models import BrandRightKind


class Observation(LabeledEnum):
    """What a person sees going on."""

    COPY = "copy", "A copy we did not make"
    UNSURE = "unsure", "We only know that an unknown seller offers it"
    USED = "used", "Used item sold as new"
    VERSION = "version", "Different version than the page shows"
    PARTS = "parts", "Parts are missing"
    SERIAL = "serial", "Serial number removed or changed"
    MATERIAL = "material", "Different warranty, region, packaging or quality control"
    GENUINE = "genuine", "Sold without our permission"
    PRICE = "price", "Sold below our minimum price"
    NAME = "name", "Our name or logo on someone else's product"
    CONTENT = "content", "Our images or text on another page"
    INVENTION = "invention", "A product that uses our patent"
    TAKEOVER = "takeover", "Our page's text, images or brand changed"
    VARIATION = "variation", "A product that is not ours among our variations"
    DUPLICATE = "duplicate", "A duplicate page for our product"
    KEYWORDS = "keywords", "Our name in another product's keywords"
    REVIEWS = "reviews", "Fake or abusive reviews"

    @property
    def about_goods(self) -> bool:
        """Tell whether it is about what a buyer gets, so that one must know it from somewhere."""
        return self in _GOODS

    @property
    def kind(self) -> BrandRightKind | None:
        """Return the kind of right that such a report would rest on."""
        return _KINDS.get(self)


_GOODS = frozenset(
    {Observation.COPY, Observation.USED, Observation.VERSION, Observation.PARTS, Observation.SERIAL}
)
_KINDS = {
    Observation.COPY: BrandRightKind.TRADEMARK,
    Observation.NAME: BrandRightKind.TRADEMARK,
    Observation.CONTENT: BrandRightKind.COPYRIGHT,
    Observation.INVENTION: BrandRightKind.PATENT,
}

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
        ),
    ),
    "resold": ("Our product, new and genuine", (Observation.GENUINE, Observation.PRICE)),
    "rights": (
        "Our name, images, text or patent",
        (Observation.NAME, Observation.CONTENT, Observation.INVENTION),
    ),
    "page": (
        "Our page was changed or duplicated",
        (Observation.TAKEOVER, Observation.VARIATION, Observation.DUPLICATE, Observation.KEYWORDS),
    ),
    "reviews": ("Reviews", (Observation.REVIEWS,)),
}
"""What is asked first, and what each answer may be in detail."""


class Grounds(LabeledEnum):
    """How one knows what a buyer gets."""

    TEST_BUY = "test-buy", "We bought one and inspected it"
    DIFFERENCES = "differences", "Photos show how it differs"
    SUSPICION = "suspicion", "We suspect it"


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
