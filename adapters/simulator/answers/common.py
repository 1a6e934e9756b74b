"""Parts that the answers of several operations have in common."""

from decimal import Decimal

from adapters.simulator.catalogue import Offer, Product
from adapters.simulator.wire.common import Money, SalesRank

DISPLAY_GROUP = "kitchen_display_on_website"
DISPLAY_GROUP_NAME = "Kitchen & Dining"


def money(product: Product, amount: Decimal) -> Money:
    """An amount in the currency of the product's marketplace."""
    return Money(product.currency, amount)


def price_parts(product: Product, offer: Offer) -> tuple[Money, Money, Money]:
    """Landed price, listing price and shipping, in this order."""
    return (
        money(product, offer.landed),
        money(product, offer.price),
        money(product, offer.shipping),
    )


def sales_rankings(product: Product) -> tuple[SalesRank, ...]:
    """The product's place among the best sellers."""
    return (SalesRank(DISPLAY_GROUP, product.sales_rank),)
