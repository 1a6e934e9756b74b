"""The shapes of Keepa's answers (source: its documentation of requests and objects, 2026-11)."""

import msgspec


class KeepaTrouble(msgspec.Struct, frozen=True):
    """Why Keepa refuses a question."""

    type: str
    message: str


class KeepaAccount(msgspec.Struct, frozen=True, rename="camel", kw_only=True, omit_defaults=True):
    """What every answer says of the tokens; `refill_in` are milliseconds."""

    tokens_left: int
    refill_in: int
    refill_rate: int
    tokens_consumed: int
    error: KeepaTrouble | None = None


class SellerObject(msgspec.Struct, frozen=True, rename="camel", kw_only=True, omit_defaults=True):
    """A seller; what is not known is absent."""

    domain_id: int
    seller_id: str
    seller_name: str
    business_name: str | None = None
    address: tuple[str, ...] | None = None
    vat_id: str | None = msgspec.field(name="vatID", default=None)
    phone_number: str | None = None
    tracking_since: int
    last_update: int
    last_rating_update: int
    rating_count: tuple[int, ...]
    positive_rating: tuple[int, ...]
    total_storefront_asins: tuple[int, int] | None = None
    asin_list: tuple[str, ...] | None = None


class OfferObject(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """An offer: the histories end with the newest moment and its values."""

    seller_id: str
    condition: int
    last_seen: int
    offer_csv: tuple[int, int, int] = msgspec.field(name="offerCSV")
    stock_csv: tuple[int, int] = msgspec.field(name="stockCSV")


class ProductObject(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A product with its live offers."""

    asin: str
    domain_id: int
    last_update: int
    offers: tuple[OfferObject, ...]
    live_offers_order: tuple[int, ...]


class SellersAnswer(KeepaAccount, frozen=True, kw_only=True):
    """The sellers by their IDs; unknown ones are absent."""

    sellers: dict[str, SellerObject]


class ProductsAnswer(KeepaAccount, frozen=True, kw_only=True):
    """The products; unknown ones are absent."""

    products: tuple[ProductObject, ...]
