"""Answers of getItemOffersBatch and getListingOffersBatch for one product."""

from collections import Counter
from collections.abc import Iterable

from msgspec import UNSET

from adapters.simulator.answers.common import money, price_parts, sales_rankings
from adapters.simulator.catalogue import Condition, Offer, Product
from adapters.simulator.wire.offers import (
    BuyBoxPrice,
    Feedback,
    Identifier,
    LowestPrice,
    OfferCount,
    OfferDetail,
    OffersPayload,
    PrimeInformation,
    ShippingTime,
    ShipsFrom,
    Summary,
)
from adapters.simulator.world import Listing, World

Group = tuple[str, str]


def payload_by_asin(listing: Listing, world: World, condition: Condition) -> OffersPayload:
    """All offers of a condition, asked for by ASIN. MyOffer is not told then."""
    product = listing.product
    return OffersPayload(
        status=_status(listing),
        asin=product.asin,
        item_condition=condition.value,
        identifier=Identifier(
            marketplace_id=product.marketplace, item_condition=condition.value, asin=product.asin
        ),
        summary=_summary(listing),
        offers=tuple(_detail(offer, listing, world) for offer in _of(listing, condition)),
        marketplace_id=product.marketplace,
    )


def payload_by_sku(listing: Listing, world: World, condition: Condition, sku: str) -> OffersPayload:
    """All offers of a condition, asked for by SKU. The ASIN is not told then, MyOffer is."""
    product = listing.product
    own_seller = world.scenario.own_seller
    return OffersPayload(
        status=_status(listing),
        sku=sku,
        item_condition=condition.value,
        identifier=Identifier(
            marketplace_id=product.marketplace, item_condition=condition.value, seller_sku=sku
        ),
        summary=_summary(listing),
        offers=tuple(
            _detail(offer, listing, world, own_seller) for offer in _of(listing, condition)
        ),
        marketplace_id=product.marketplace,
    )


def _status(listing: Listing) -> str:
    return "Success" if listing.offers or listing.hidden else "NoBuyableOffers"


def _of(listing: Listing, condition: Condition) -> Iterable[Offer]:
    return (offer for offer in listing.ranked if offer.condition is condition)


def _detail(
    offer: Offer, listing: Listing, world: World, own_seller: str | None = None
) -> OfferDetail:
    product = listing.product
    seller = world.sellers[offer.seller]
    hours = 0 if offer.fba else 24
    return OfferDetail(
        seller_id=offer.seller,
        my_offer=UNSET if own_seller is None else offer.seller == own_seller,
        sub_condition=_sub_condition(offer),
        seller_feedback_rating=Feedback(seller.positive, seller.feedback),
        shipping_time=ShippingTime(hours, 2 * hours),
        listing_price=money(product, offer.price),
        shipping=money(product, offer.shipping),
        ships_from=ShipsFrom(offer.ships_from or seller.country),
        is_fulfilled_by_amazon=offer.fba,
        prime_information=PrimeInformation(offer.prime, offer.prime),
        is_buy_box_winner=offer in listing.winners,
        is_featured_merchant=offer.condition is Condition.NEW,
    )


def _sub_condition(offer: Offer) -> str:
    if offer.sub_condition is None:
        return offer.condition.value.lower()
    return offer.sub_condition.spaced


def _summary(listing: Listing) -> Summary:
    product = listing.product
    counts = Counter(_group(offer) for offer in listing.ranked)
    eligible = {group: count for group, count in counts.items() if group[0] == "new"}
    if listing.hidden:
        counts["new", "Merchant"] += listing.hidden
    return Summary(
        total_offer_count=counts.total(),
        number_of_offers=_offer_counts(counts),
        lowest_prices=_lowest_prices(listing),
        buy_box_prices=tuple(_buy_box_price(product, offer) for offer in listing.winners),
        buy_box_eligible_offers=_offer_counts(eligible),
        list_price=UNSET if product.list_price is None else money(product, product.list_price),
        sales_rankings=sales_rankings(product),
    )


def _group(offer: Offer) -> Group:
    """The condition and the fulfilment channel, as the summary spells them."""
    return offer.condition.value.lower(), "Amazon" if offer.fba else "Merchant"


def _offer_counts(counts: dict[Group, int]) -> tuple[OfferCount, ...]:
    return tuple(OfferCount(*group, count) for group, count in counts.items())


def _lowest_prices(listing: Listing) -> tuple[LowestPrice, ...]:
    lowest: dict[Group, Offer] = {}
    for offer in listing.ranked:
        lowest.setdefault(_group(offer), offer)
    return tuple(
        LowestPrice(*group, *price_parts(listing.product, offer)) for group, offer in lowest.items()
    )


def _buy_box_price(product: Product, offer: Offer) -> BuyBoxPrice:
    condition = offer.condition.value.lower()
    return BuyBoxPrice(condition, *price_parts(product, offer), offer.seller)
