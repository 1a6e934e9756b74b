"""The shape of offers: getItemOffersBatch and getListingOffersBatch.

Source: Amazon's model productPricingV0.json. What a fault can drop may be UNSET, though the model
calls some of it required.
"""

import msgspec
from msgspec import UNSET, UnsetType

from adapters.simulator.wire.common import Errors, Money, SalesRank


class LowestPrice(msgspec.Struct, frozen=True, rename="pascal"):
    """The lowest price of a condition and a fulfilment channel."""

    condition: str = msgspec.field(name="condition")
    fulfillment_channel: str = msgspec.field(name="fulfillmentChannel")
    landed_price: Money
    listing_price: Money
    shipping: Money


class BuyBoxPrice(msgspec.Struct, frozen=True, rename="pascal"):
    """The price of an offer in the Buy Box, and whose it is."""

    condition: str = msgspec.field(name="condition")
    landed_price: Money
    listing_price: Money
    shipping: Money
    seller_id: str = msgspec.field(name="sellerId")


class OfferCount(msgspec.Struct, frozen=True, rename="pascal"):
    """How many offers a condition and a fulfilment channel have."""

    condition: str = msgspec.field(name="condition")
    fulfillment_channel: str = msgspec.field(name="fulfillmentChannel")
    offer_count: int


class Summary(msgspec.Struct, frozen=True, rename="pascal", kw_only=True):
    """What is known of all offers of a product, listed or not."""

    total_offer_count: int
    number_of_offers: tuple[OfferCount, ...] | UnsetType = UNSET
    lowest_prices: tuple[LowestPrice, ...] | UnsetType = UNSET
    buy_box_prices: tuple[BuyBoxPrice, ...] | UnsetType = UNSET
    buy_box_eligible_offers: tuple[OfferCount, ...] | UnsetType = UNSET
    list_price: Money | UnsetType = UNSET
    sales_rankings: tuple[SalesRank, ...] | UnsetType = UNSET
    offers_available_time: str | UnsetType = UNSET


class Feedback(msgspec.Struct, frozen=True, rename="pascal"):
    """What buyers say of a seller; the rating is in per cent."""

    seller_positive_feedback_rating: int
    feedback_count: int


class ShippingTime(msgspec.Struct, frozen=True, rename="camel"):
    """How many hours pass until the parcel leaves."""

    minimum_hours: int
    maximum_hours: int
    availability_type: str = "NOW"


class ShipsFrom(msgspec.Struct, frozen=True, rename="pascal"):
    """The country that the parcel comes from."""

    country: str


class PrimeInformation(msgspec.Struct, frozen=True, rename="pascal"):
    """Whether the offer is a Prime offer, and everywhere in the marketplace."""

    is_prime: bool
    is_national_prime: bool


class OfferDetail(msgspec.Struct, frozen=True, rename="pascal", kw_only=True):
    """One offer. The seller's name is not in it."""

    seller_id: str
    listing_price: Money
    is_buy_box_winner: bool
    is_fulfilled_by_amazon: bool
    my_offer: bool | UnsetType = UNSET
    sub_condition: str | UnsetType = UNSET
    seller_feedback_rating: Feedback | UnsetType = UNSET
    shipping_time: ShippingTime | UnsetType = UNSET
    shipping: Money | UnsetType = UNSET
    ships_from: ShipsFrom | UnsetType = UNSET
    prime_information: PrimeInformation | UnsetType = UNSET
    is_featured_merchant: bool | UnsetType = UNSET


class Identifier(msgspec.Struct, frozen=True, rename="pascal", kw_only=True):
    """What was asked for."""

    marketplace_id: str
    item_condition: str
    asin: str | UnsetType = msgspec.field(default=UNSET, name="ASIN")
    seller_sku: str | UnsetType = msgspec.field(default=UNSET, name="SellerSKU")


class OffersPayload(msgspec.Struct, frozen=True, rename="pascal", kw_only=True):
    """The offers of a product, asked for by ASIN or by SKU."""

    status: str = msgspec.field(name="status")
    summary: Summary
    offers: tuple[OfferDetail, ...]
    asin: str | UnsetType = msgspec.field(default=UNSET, name="ASIN")
    sku: str | UnsetType = msgspec.field(default=UNSET, name="SKU")
    item_condition: str | UnsetType = UNSET
    identifier: Identifier | UnsetType = UNSET
    marketplace_id: str | UnsetType = msgspec.field(default=UNSET, name="marketplaceId")


class OffersBody(msgspec.Struct, frozen=True):
    """The body of a part of a batch that succeeded."""

    payload: OffersPayload


class StatusLine(msgspec.Struct, frozen=True, rename="camel"):
    """The status of a part of a batch."""

    status_code: int
    reason_phrase: str


class InnerHeaders(msgspec.Struct, frozen=True):
    """The headers of a part of a batch."""

    request_id: str = msgspec.field(name="x-amzn-RequestId")
    date: str = msgspec.field(name="Date")


class InnerRequest(msgspec.Struct, frozen=True, rename="pascal", kw_only=True):
    """The request that a part of a batch answers."""

    marketplace_id: str
    item_condition: str
    customer_type: str | UnsetType = UNSET
    asin: str | UnsetType = UNSET
    seller_sku: str | UnsetType = msgspec.field(default=UNSET, name="SellerSKU")


class InnerResponse(msgspec.Struct, frozen=True):
    """A part of a batch."""

    headers: InnerHeaders
    status: StatusLine
    body: OffersBody | Errors
    request: InnerRequest


class BatchResponse(msgspec.Struct, frozen=True):
    """The body of a batch."""

    responses: tuple[InnerResponse, ...]
