"""Answers of searchListingsItems about single SKUs: how our own listings are."""

from __future__ import annotations

from msgspec import UNSET

from adapters.simulator.answers.catalog import MADE
from adapters.simulator.catalogue import Offer
from adapters.simulator.scenario import Enforce
from adapters.simulator.wire.catalog import (
    EnforcementAction,
    EnforcementExemption,
    Fulfillment,
    IssueEnforcements,
    ItemIssue,
    ItemMoney,
    ItemOffer,
    ListingItem,
    ListingSummary,
)
from adapters.simulator.world import Listing

STOCK = 40
"""Units of whatever is on sale; without an offer it is sold out."""
HIDES = frozenset({"SEARCH_SUPPRESSED", "CATALOG_ITEM_REMOVED"})


def listing_item_of(
    sku: str, listing: Listing, own_seller: str, included: frozenset[str]
) -> ListingItem:
    """The listing behind one of the own SKUs, with the data sets that were asked for."""
    offer = listing.offers.get(own_seller)
    actions = {each.action for each in listing.enforced}
    status = []
    if listing.buyable(own_seller):
        status.append("BUYABLE")
    if not actions & HIDES:
        status.append("DISCOVERABLE")
    return ListingItem(
        sku=sku,
        summaries=(_summary(listing, tuple(status)),),
        issues=tuple(_issue(each, listing) for each in listing.enforced)
        if "issues" in included
        else UNSET,
        offers=_offers(listing, offer) if "offers" in included else UNSET,
        fulfillment_availability=(_stock(offer),)
        if "fulfillmentAvailability" in included
        else UNSET,
    )


def _summary(listing: Listing, status: tuple[str, ...]) -> ListingSummary:
    return ListingSummary(
        marketplace_id=listing.product.marketplace,
        asin=listing.product.asin,
        product_type=listing.product.product_type,
        status=status,
        item_name=listing.title,
        created_date=MADE,
        last_updated_date=MADE,
    )


def _issue(event: Enforce, listing: Listing) -> ItemIssue:
    enforcements = IssueEnforcements(
        (EnforcementAction(event.action or ""),), EnforcementExemption("NOT_EXEMPT")
    )
    return ItemIssue(
        code=event.code,
        message=event.message,
        severity="ERROR",
        categories=(event.category,) if event.category else (),
        enforcements=enforcements if event.action else UNSET,
        marketplace_ids=(listing.product.marketplace,),
    )


def _offers(listing: Listing, offer: Offer | None) -> tuple[ItemOffer, ...]:
    if offer is None:
        return ()
    price = ItemMoney(listing.product.currency, str(offer.price))
    return (ItemOffer(listing.product.marketplace, "B2C", price),)


def _stock(offer: Offer | None) -> Fulfillment:
    channel = "DEFAULT" if offer is not None and not offer.fba else "AMAZON_NA"
    return Fulfillment(channel, STOCK if offer is not None else 0)
