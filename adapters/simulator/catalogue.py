"""What a scenario is made of: products, sellers and their offers.

Prices are in the currency of the product.
"""

import re
from decimal import Decimal
from enum import Enum
from typing import Annotated

import msgspec

Asin = Annotated[str, msgspec.Meta(pattern=r"^B[0-9A-Z]{9}$")]
SellerId = Annotated[str, msgspec.Meta(pattern=r"^A[0-9A-Z]{9,20}$")]
Family = Annotated[str, msgspec.Meta(pattern=r"^(B[0-9A-Z]{9})?$")]
"""A parent's ASIN; empty: no family."""
Ean = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{13}$")]
Country = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$")]
Currency = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$")]
Count = Annotated[int, msgspec.Meta(ge=0)]
Seconds = Annotated[float, msgspec.Meta(ge=0)]
Text = Annotated[str, msgspec.Meta(min_length=1)]


class Condition(Enum):
    """The condition of what an offer sells, as Amazon spells it."""

    NEW = "New"
    USED = "Used"
    COLLECTIBLE = "Collectible"
    REFURBISHED = "Refurbished"
    CLUB = "Club"


class SubCondition(Enum):
    """How good goods of a condition are, as Amazon's newer model spells it."""

    NEW = "New"
    MINT = "Mint"
    VERY_GOOD = "VeryGood"
    GOOD = "Good"
    ACCEPTABLE = "Acceptable"
    POOR = "Poor"
    CLUB = "Club"
    OEM = "OEM"
    WARRANTY = "Warranty"
    REFURBISHED_WARRANTY = "RefurbishedWarranty"
    REFURBISHED = "Refurbished"
    OPEN_BOX = "OpenBox"
    OTHER = "Other"

    @property
    def spaced(self) -> str:
        """As the older model, productPricingV0, spells it: 'Very Good'."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.value)


class Shape(Enum):
    """What the picture of a product shows."""

    PAN = "pan"
    KETTLE = "kettle"
    BOWL = "bowl"
    BOARD = "board"
    KNIFE = "knife"
    MILL = "mill"


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """No unknown keys, no positions, no changes."""


class Image(Strict, frozen=True):
    """How the picture of a product is drawn."""

    shape: Shape
    colour: Annotated[str, msgspec.Meta(pattern=r"^#[0-9a-f]{6}$")]


class Product(Strict, frozen=True):
    """A product of the catalogue, in one marketplace.

    `parent` is the variation family that it belongs to; there need be no product of that ASIN.
    `aplus` are the paragraphs of the A+ content on its page, if any is published there.
    """

    asin: Asin
    marketplace: Text
    title: Text
    brand: Text
    currency: Currency
    image: Image
    sales_rank: Annotated[int, msgspec.Meta(ge=1)]
    list_price: Decimal | None = None
    bullets: tuple[Text, ...] = ()
    description: str = ""
    product_type: Text = "KITCHEN"
    parent: Family = ""
    aplus: tuple[Text, ...] = ()
    ean: Ean | None = None


class Seller(Strict, frozen=True):
    """A seller's account. `positive` is the share of positive feedback in per cent.

    `business` and `address` are what the law wants on the seller's page; Keepa tells `vat`, `phone`
    and the products of the `storefront` as well, some of which may be offered no more.
    """

    id: SellerId
    name: Text
    country: Country
    feedback: Count
    positive: Annotated[int, msgspec.Meta(ge=0, le=100)]
    business: Text | None = None
    address: tuple[Text, ...] = ()
    vat: Text | None = None
    phone: Text | None = None
    storefront: tuple[Asin, ...] = ()


class Offer(Strict, frozen=True):
    """A seller's offer for a product; `sku` names one of the own listings.

    `ships_from` None means the seller's own country.
    """

    asin: Asin
    seller: SellerId
    price: Decimal
    shipping: Decimal = Decimal(0)
    fba: bool = False
    prime: bool = False
    condition: Condition = Condition.NEW
    sub_condition: SubCondition | None = None
    ships_from: Country | None = None
    sku: Text | None = None

    @property
    def landed(self) -> Decimal:
        """What a buyer pays: price and shipping."""
        return self.price + self.shipping


class OwnSku(Strict, frozen=True):
    """A listing of the own account beside those of its offers; `asin` None: it has no page.

    It is there while `from` <= scenario time < `to`.
    """

    sku: Text
    marketplace: Text
    asin: Asin | None = None
    title: Text = "A listing"
    condition: Text = "new_new"
    active: bool = True
    start: Seconds = msgspec.field(default=0.0, name="from")
    end: float = msgspec.field(default=float("inf"), name="to")
