"""The brand's register: rights that it owns, and papers that prove something."""

from __future__ import annotations

import enum
from datetime import date, datetime

import msgspec

from bot.core.files import Upload
from bot.core.labeled import LabeledEnum
from bot.core.permissions import Person

EU = frozenset({"DE", "FR", "IT", "ES", "NL", "BE", "SE", "PL", "IE"})
"""Amazon's marketplaces in the European Union, where an EU right counts."""
OFFICES = {"UK": "GB"}
"""Countries whose marketplace is called otherwise than the country."""


class BrandRightKind(enum.StrEnum):
    """A right that can be infringed."""

    TRADEMARK = "trademark"
    COPYRIGHT = "copyright"
    PATENT = "patent"
    DESIGN = "design"


class BrandRightStatus(enum.StrEnum):
    """How far a right is; Amazon takes none that is pending (facts: two doors)."""

    REGISTERED = "registered"
    PENDING = "pending"
    LAPSED = "lapsed"


class BrandRight(msgspec.Struct, frozen=True, kw_only=True):
    """A trademark, copyright or patent that the brand owns."""

    number: int
    kind: BrandRightKind
    name: str
    """The mark's words, the work or the invention."""
    registration: str = ""
    """The office's number; a copyright may have none."""
    country: str
    """ISO code of the country, ``EU``, or ``*`` for a copyright, which needs no country."""
    classes: str = ""
    owner: str = ""
    status: BrandRightStatus = BrandRightStatus.REGISTERED
    expires: date | None = None
    added_by: Person | None = None
    added_at: datetime | None = None

    @property
    def key(self) -> str:
        """The right's name in the store."""
        return f"{self.number:06d}"

    @property
    def label(self) -> str:
        """The right as people read it: ``Trademark ALDER & FINCH (US 1234567)``."""
        place = " ".join(part for part in (self.country.strip("*"), self.registration) if part)
        return f"{self.kind.value.capitalize()} {self.name}" + (f" ({place})" if place else "")

    def expired(self, today: date) -> bool:
        """Tell whether it protects nothing any more."""
        return self.status is BrandRightStatus.LAPSED or (
            self.expires is not None and self.expires < today
        )

    def counts_in(self, marketplace: str) -> bool:
        """Tell whether its country is the marketplace's; ``marketplace`` is a code such as DE."""
        country = OFFICES.get(marketplace, marketplace)
        return self.country in ("*", country) or (self.country == "EU" and marketplace in EU)


class RightsDocumentKind(LabeledEnum):
    """A paper that proves something about the brand or who may sell it."""

    BRAND_REGISTRATION = "brand-registration", "brand registration"
    AUTHORISATION = "authorisation", "authorization"
    INVOICE = "invoice", "invoice"


class RightsDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of the register. One that names a party allows them something for a time."""

    number: int
    kind: RightsDocumentKind
    name: str
    party: str = ""
    """The authorised seller's ID, or the supplier's name."""
    products: tuple[str, ...] = ()
    """ASINs that it covers; none means all."""
    since: date | None = None
    until: date | None = None
    """The last day on which it counts."""
    file: Upload | None = None
    added_by: Person | None = None
    added_at: datetime | None = None

    @property
    def key(self) -> str:
        """The paper's name in the store."""
        return f"{self.number:06d}"

    @property
    def label(self) -> str:
        """The paper as the channel hears of it: by no name, which would stay there for good."""
        return f"document {self.number} ({self.kind.label})"

    def covers(self, asin: str, day: date) -> bool:
        """Tell whether it counts for the product on that day."""
        begun = self.since is None or self.since <= day
        lasts = self.until is None or day <= self.until
        return begun and lasts and (not self.products or asin in self.products)
