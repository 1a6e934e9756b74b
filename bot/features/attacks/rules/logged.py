"""An attack as a person tells of it."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from bot.core.identifiers import ProductReference, parse_seller
from bot.core.labeled import AttackKind
from bot.core.permissions import Person
from bot.core.text import seen
from bot.errors import UserError
from bot.features.attacks.models import Attack, Frequency, SourceKind

PRODUCTS = 50
"""Products of one attack: so many lines a thread can still be told."""
NOON = time(12)
"""An attack is logged by its day. Its noon stays on that day in nearly every other time zone."""


class AttackInput(msgspec.Struct, frozen=True, kw_only=True):
    """What was written of an attack; its properties read it, each with what is wrong."""

    kind: AttackKind
    day: date
    """Since when, where the team is."""
    often: Frequency
    damage: str = ""
    source_kind: SourceKind = SourceKind.UNKNOWN
    source: str = ""
    known_source: str = ""
    """The seller of the case to which it belongs, whatever ID Amazon gave them."""
    products: str = ""
    """ASINs or links, between blanks or commas."""
    market: str
    """The marketplace's code."""

    @property
    def attacker(self) -> str:
        """A seller's ID, an address in its one form, or nothing. Raises UserError."""
        match self.source_kind:
            case SourceKind.SELLER | SourceKind.ADDRESS if not self.source:
                raise UserError("Enter it here, or choose 'Unknown' above.")
            case SourceKind.SELLER if self.source == self.known_source:
                return self.source
            case SourceKind.SELLER:
                return parse_seller(self.source)
            case SourceKind.ADDRESS:
                return _address(self.source)
            case SourceKind.UNKNOWN if self.source:
                raise UserError("Choose seller or address above, or leave this empty.")
            case SourceKind.UNKNOWN:
                return ""

    @property
    def asins(self) -> tuple[str, ...]:
        """The products, each once. Raises UserError."""
        found = ProductReference.parse_all(self.products)
        asins = tuple(dict.fromkeys(_of_market(product, self.market) for product in found))
        if len(asins) > PRODUCTS:
            message = f"You entered {len(asins)} products. Enter the {PRODUCTS} hit hardest."
            raise UserError(message)
        return asins

    def attack(self, number: int, zone: ZoneInfo, by: Person, now: datetime) -> Attack:
        """Return the attack as the team remembers it, of no case yet. Raises UserError."""
        noon = datetime.combine(self.day, NOON, zone)
        return Attack(
            number=number,
            kind=self.kind,
            source_kind=self.source_kind,
            source=self.attacker,
            began_at=min(noon.astimezone(UTC), now),
            frequency=self.often,
            marketplace=self.market,
            asins=self.asins,
            damage=self.damage,
            case=0,
            logged_by=by,
            logged_at=now,
        )


def _address(text: str) -> str:
    """Return an address in small letters, without what nobody sees, so that it is one source."""
    address = unicodedata.normalize("NFKC", seen(text)).lower()
    if len(address.split()) != 1:
        raise UserError("Enter one address, without spaces.")
    return address.strip()


def _of_market(product: ProductReference, market: str) -> str:
    if product.marketplace is not None and product.marketplace.code != market:
        message = (
            f"That link is for amazon.{product.marketplace.domain}, but you chose another "
            f"marketplace. Enter only the ASIN: {product.asin}."
        )
        raise UserError(message)
    return product.asin
