"""A right or a paper as a person enters it into the register."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from bot.core.files import Upload
from bot.core.identifiers import ProductReference, parse_seller
from bot.core.permissions import Person
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.rights.models import (
    NAMING,
    OFFICES,
    BrandRight,
    BrandRightKind,
    BrandRightStatus,
    RightsDocument,
    RightsDocumentKind,
    identity_of,
)

LABEL = 120
"""Characters of a right's label in a sentence."""

EVERYWHERE = "*"
"""The country of a copyright that needs none."""
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
"""Common offices such as EU and WO are written like a country."""
_MARKS = frozenset({BrandRightKind.TRADEMARK, BrandRightKind.DESIGN})
_PATENTS = frozenset({BrandRightKind.PATENT})
_REGISTER = {"EU": _MARKS | _PATENTS, "BX": _MARKS, "WO": _MARKS, "EP": _PATENTS, "UP": _PATENTS}
"""What each common office registers."""


class RightInput(msgspec.Struct, frozen=True, kw_only=True):
    """What was written of a right; its properties read it, each with what is wrong."""

    kind: BrandRightKind
    status: BrandRightStatus
    name: str
    country: str = ""
    countries: str = ""
    """Where an international or European right counts, between blanks or commas."""
    registration: str = ""
    owner: str = ""
    classes: str = ""
    expires: date | None = None

    @property
    def place(self) -> str:
        """Where it counts; see `BrandRight.country`. Raises UserError."""
        if self.kind is BrandRightKind.COPYRIGHT:
            return EVERYWHERE
        country = _code(self.country)
        if self.kind not in _REGISTER.get(country, (self.kind,)):
            message = (
                f"{country} does not register a {self.kind.label.lower()}. "
                "Enter the country that did, such as DE."
            )
            raise UserError(message)
        return country

    @property
    def named(self) -> tuple[str, ...]:
        """The countries in which it counts, where its office alone does not say. Raises UserError.

        A European patent is not enough by itself, nor is an international mark.
        """
        if self.kind is BrandRightKind.COPYRIGHT or self.place not in NAMING:
            return ()
        return tuple(
            dict.fromkeys(_code(each) for each in re.split(r"[\s,;]+", self.countries) if each)
        )

    @property
    def registered_as(self) -> str:
        """The office's number; empty where there is none. Raises UserError."""
        if self.kind is BrandRightKind.COPYRIGHT:
            return ""
        if self.status is BrandRightStatus.REGISTERED and not self.registration:
            raise UserError("Enter the registration number. Reports name it.")
        return self.registration

    def require_new(self, known: Mapping[tuple[str, str, str], str]) -> None:
        """Refuse what is in the register, whatever it is called; ``known`` are labels.

        Raises:
            UserError: it is there, under the label that it names.
        """
        identity = identity_of(self.kind, self.place, self.registered_as, self.name)
        if label := known.get(identity):
            message = f"You already entered this: {one_line(label, LABEL)}. To change it, "
            raise UserError(message + "remove it with /rights remove first.")

    def right(self, number: int, by: Person, now: datetime) -> BrandRight:
        """Return the right as the register keeps it. Raises UserError."""
        return BrandRight(
            number=number,
            kind=self.kind,
            name=self.name,
            registration=self.registered_as,
            country=self.place,
            countries=self.named,
            classes=self.classes,
            owner=self.owner,
            status=self.status,
            expires=self.expires,
            added_by=by,
            added_at=now,
        )


class PaperInput(msgspec.Struct, frozen=True, kw_only=True):
    """What was written of a paper; its properties read it, each with what is wrong."""

    kind: RightsDocumentKind
    name: str
    party: str = ""
    """Whom it authorises, or who wrote it."""
    products: str = ""
    """ASINs or links, between blanks or commas; none means all products."""
    since: date | None = None
    until: date | None = None
    file: Upload | None = None

    @property
    def named(self) -> str:
        """The authorised seller's ID, or the supplier's name. Raises UserError."""
        if self.kind is not RightsDocumentKind.AUTHORISATION:
            return self.party
        if not self.party:
            raise UserError("Who is authorized? Enter the seller's ID.")
        return parse_seller(self.party)

    @property
    def asins(self) -> tuple[str, ...]:
        """The products that it covers. Raises UserError."""
        return tuple(product.asin for product in ProductReference.parse_all(self.products))

    @property
    def last_day(self) -> date | None:
        """The last day on which it counts. Raises UserError."""
        if self.since and self.until and self.until < self.since:
            raise UserError("The end date is before the start date. Correct one of them.")
        return self.until

    def paper(self, number: int, by: Person, now: datetime) -> RightsDocument:
        """Return the paper as the register keeps it. Raises UserError."""
        return RightsDocument(
            number=number,
            kind=self.kind,
            name=self.name,
            party=self.named,
            products=self.asins,
            since=self.since,
            until=self.last_day,
            file=self.file and _called(self.file, number),
            added_by=by,
            added_at=now,
        )


def _code(text: str) -> str:
    """Return the code of a country or office, in capitals; people write UK for GB."""
    code = text.strip().upper()
    if not _COUNTRY.fullmatch(code):
        raise UserError("Enter two letters such as US, GB, DE or EU.")
    return OFFICES.get(code, code)


def _called(file: Upload, number: int) -> Upload:
    """Call the file after the paper, not after whatever its owner called it."""
    name = f"paper-{number}.{file.name.rpartition('.')[2]}"
    return msgspec.structs.replace(file, name=name)
