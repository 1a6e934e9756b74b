"""Faults in the competitive prices of one product."""

from collections.abc import Callable

from msgspec import UNSET
from msgspec.structs import replace

from adapters.simulator.faults import Fault, Strike
from adapters.simulator.wire.prices import CompetitivePricing, Price, PricedProduct


def distort_price(price: Price, strike: Strike) -> Price:
    """The price after every fault that strikes."""
    for fault, quirk in QUIRKS:
        if strike(fault) is not None:
            price = quirk(price)
    return price


def _with_pricing(
    price: Price, change: Callable[[CompetitivePricing], CompetitivePricing]
) -> Price:
    product = price.product
    if product is UNSET or product.competitive_pricing is UNSET:
        return price
    pricing = change(product.competitive_pricing)
    return replace(price, product=replace(product, competitive_pricing=pricing))


def _server_error(price: Price) -> Price:
    return replace(price, status="ServerError", product=UNSET)


def _false_zero(price: Price) -> Price:
    return _with_pricing(price, lambda _: CompetitivePricing((), ()))


def _no_buyable_offers(price: Price) -> Price:
    return replace(_false_zero(price), status="NoBuyableOffers")


def _wrong_owner(price: Price) -> Price:
    return _with_pricing(
        price,
        lambda pricing: replace(
            pricing,
            competitive_prices=tuple(
                replace(entry, belongs_to_requester=entry.belongs_to_requester is not True)
                for entry in pricing.competitive_prices
            ),
        ),
    )


def _unknown_enum(price: Price) -> Price:
    changed = _with_pricing(
        price,
        lambda pricing: replace(
            pricing,
            number_of_offer_listings=tuple(
                replace(count, condition="renewed_premium")
                for count in pricing.number_of_offer_listings
            ),
        ),
    )
    return replace(changed, status="SuccessWithCaveats")


def _missing_fields(price: Price) -> Price:
    # Amazon itself answers "Success" without any prices at times (issue 2910).
    if price.product is UNSET:
        return price
    return replace(price, product=PricedProduct(identifiers=price.product.identifiers))


Quirk = Callable[[Price], Price]

QUIRKS: tuple[tuple[Fault, Quirk], ...] = (
    (Fault.WRONG_BUY_BOX_FLAG, _wrong_owner),
    (Fault.UNKNOWN_ENUM, _unknown_enum),
    (Fault.MISSING_FIELDS, _missing_fields),
    (Fault.FALSE_ZERO, _false_zero),
    (Fault.NO_BUYABLE_OFFERS, _no_buyable_offers),
    (Fault.INNER_500, _server_error),
)
