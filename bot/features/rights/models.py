"""The brand's register: rights that it owns, and papers that prove something."""

from __future__ import annotations

import enum
from datetime import date, datetime, timedelta

import msgspec

from bot.core.files import Upload
from bot.core.interface import listed, tr
from bot.core.labeled import LabeledEnum
from bot.core.permissions import Person

EU = frozenset({"DE", "FR", "IT", "ES", "NL", "BE", "SE", "PL", "IE"})
"""Amazon's marketplaces in the European Union, where an EU right counts."""
OFFICES = {"UK": "GB"}
"""Countries whose marketplace is called otherwise than the country."""
NAMING = frozenset({"WO", "EP"})
"""Offices whose rights count only in countries that they name, or where they were validated."""
GRACE = timedelta(days=183)
"""So long after its term a trademark may live on, about six months (facts: rights; unverified)."""

_UNITED = {"EU": EU, "BX": frozenset({"NL", "BE"})}
"""Marketplaces in which the right of a common office counts."""
_UNITARY = frozenset({"DE", "FR", "IT", "NL", "BE", "SE"})
_NOT_UNITARY = frozenset({"ES"})
"""Where a unitary patent counts, and where it does not; of others the facts say nothing."""


class BrandRightKind(LabeledEnum):
    """A right that can be infringed."""

    TRADEMARK = "trademark", "Trademark"
    COPYRIGHT = "copyright", "Copyright"
    PATENT = "patent", "Patent"
    DESIGN = "design", "Design"
    UTILITY_MODEL = "utility-model", "Utility model"


class BrandRightStatus(enum.StrEnum):
    """How far a right is; Amazon takes none that is pending (facts: two doors)."""

    REGISTERED = "registered"
    PENDING = "pending"
    LAPSED = "lapsed"


class BrandRight(msgspec.Struct, frozen=True, kw_only=True):
    """A trademark, copyright, patent, design or utility model that the brand owns."""

    number: int
    kind: BrandRightKind
    name: str
    """The mark's words, the work or the invention."""
    registration: str = ""
    """The office's number; a copyright may have none."""
    country: str
    """ISO code of the country, or the office: ``EU``, ``BX`` (Benelux), ``WO`` (international),
    ``EP`` (European patent), ``UP`` (unitary patent). ``*``: a copyright, which needs none."""
    countries: tuple[str, ...] = ()
    """Where a ``WO`` or ``EP`` right counts, as codes like those of ``country``. Empty: unknown."""
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
    def identity(self) -> tuple[str, str, str]:
        """What it is one of, by which nobody enters it twice; see `identity_of`."""
        return identity_of(self.kind, self.country, self.registration, self.name)

    @property
    def label(self) -> str:
        """The right as people read it: ``Trademark ALDER & FINCH (US 1234567)``."""
        place = self._place
        if self.countries:
            place += f" in {', '.join(self.countries)}"
        return f"{self.kind.label} {self.name}" + (f" ({place})" if place else "")

    @property
    def said(self) -> str:
        """The right in the language of the interface, as its label has it."""
        place = self._place
        if self.countries:
            place = tr("{place} in {countries}", place=place, countries=listed(*self.countries))
        if not place:
            return f"{self.kind.said} {self.name}"
        return tr("{kind} {name} ({place})", kind=self.kind.said, name=self.name, place=place)

    @property
    def _place(self) -> str:
        return " ".join(part for part in (self.country.strip("*"), self.registration) if part)

    def expired(self, today: date) -> bool:
        """Tell whether it protects nothing any more."""
        return self.status is BrandRightStatus.LAPSED or (
            self.expires is not None and self.expires < today
        )

    def in_grace(self, today: date) -> bool:
        """Tell whether it is a trademark that may live on, although its term is over."""
        return (
            self.kind is BrandRightKind.TRADEMARK
            and self.status is BrandRightStatus.REGISTERED
            and self.expires is not None
            and self.expires < today <= self.expires + GRACE
        )

    def counts_in(self, marketplace: str) -> bool | None:
        """Tell whether it protects in the marketplace with that code, such as DE.

        None: the register does not say, or the law there is not known.
        """
        if self.kind is BrandRightKind.COPYRIGHT:
            return True
        if self.country in NAMING:
            named = [_reaches(country, marketplace) for country in self.countries]
            return any(named) if named else None
        if self.country == "UP" or (self.kind is BrandRightKind.PATENT and self.country == "EU"):
            return True if marketplace in _UNITARY else _not_unitary(marketplace)
        return _reaches(self.country, marketplace)


def identity_of(
    kind: BrandRightKind, place: str, registration: str, name: str
) -> tuple[str, str, str]:
    """Return kind, place, and the number however it is spaced, or the name where there is none.

    A patent and a trademark of one country may have the same number: they are in two registers.
    """
    number = "".join(each for each in registration.upper() if each.isalnum())
    return kind.value, place, number or " ".join(name.casefold().split())


def _reaches(country: str, marketplace: str) -> bool:
    """Tell whether a right of that country or common office counts in the marketplace."""
    if country in _UNITED:
        return marketplace in _UNITED[country]
    return OFFICES.get(country, country) == OFFICES.get(marketplace, marketplace)


def _not_unitary(marketplace: str) -> bool | None:
    return False if marketplace in _NOT_UNITARY or marketplace not in EU else None


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
