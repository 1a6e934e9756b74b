"""Answers of searchCatalogItems and searchListingsItems."""

from __future__ import annotations

from msgspec import UNSET

from adapters.simulator.answers.common import DISPLAY_GROUP, DISPLAY_GROUP_NAME
from adapters.simulator.wire.catalog import (
    AttributeText,
    DisplayGroupRank,
    Image,
    Images,
    Item,
    ItemIdentifier,
    ItemIdentifiers,
    ProductTypes,
    Relationship,
    Relationships,
    SalesRanks,
    Summary,
)
from adapters.simulator.world import Listing

PICTURE_SIZE = 600
MADE = "2026-01-05T09:00:00Z"
"""When every listing was made and last changed."""


def item_of(
    listing: Listing, included: frozenset[str], base_url: str, children: tuple[str, ...] = ()
) -> Item:
    """The data sets of an item that were asked for; the pictures are at `base_url`."""
    return Item(
        asin=listing.product.asin,
        attributes=attributes_of(listing) if "attributes" in included else UNSET,
        identifiers=_identifiers(listing) if "identifiers" in included else UNSET,
        images=_images(listing, base_url) if "images" in included else UNSET,
        product_types=_product_types(listing) if "productTypes" in included else UNSET,
        relationships=_relationships(listing, children) if "relationships" in included else UNSET,
        sales_ranks=_sales_ranks(listing) if "salesRanks" in included else UNSET,
        summaries=_summaries(listing) if "summaries" in included else UNSET,
    )


def _summaries(listing: Listing) -> tuple[Summary, ...]:
    product = listing.product
    summary = Summary(
        marketplace_id=product.marketplace,
        item_name=listing.title,
        brand=product.brand,
        manufacturer=product.brand,
        item_classification="BASE_PRODUCT",
        website_display_group=DISPLAY_GROUP,
        website_display_group_name=DISPLAY_GROUP_NAME,
    )
    return (summary,)


def _images(listing: Listing, base_url: str) -> tuple[Images, ...]:
    product = listing.product
    version = f"?{listing.picture}" if listing.picture else ""
    link = f"{base_url}/images/{product.asin}.svg{version}"
    return (Images(product.marketplace, (Image("MAIN", link, PICTURE_SIZE, PICTURE_SIZE),)),)


def _product_types(listing: Listing) -> tuple[ProductTypes, ...]:
    return (ProductTypes(listing.product.marketplace, listing.product.product_type),)


def _relationships(listing: Listing, children: tuple[str, ...]) -> tuple[Relationships, ...]:
    product = listing.product
    families = []
    if product.parent:
        families.append(Relationship(parent_asins=(product.parent,)))
    if children:
        families.append(Relationship(child_asins=children))
    return (Relationships(product.marketplace, tuple(families)),)


def _identifiers(listing: Listing) -> tuple[ItemIdentifiers, ...]:
    product = listing.product
    numbers = () if product.ean is None else (ItemIdentifier("EAN", product.ean),)
    return (ItemIdentifiers(product.marketplace, numbers),)


def _sales_ranks(listing: Listing) -> tuple[SalesRanks, ...]:
    product = listing.product
    rank = DisplayGroupRank(DISPLAY_GROUP, DISPLAY_GROUP_NAME, product.sales_rank)
    return (SalesRanks(product.marketplace, (rank,)),)


def attributes_of(listing: Listing) -> dict[str, tuple[AttributeText, ...]]:
    """The texts of a page, or those that we sent for it."""
    product = listing.product
    texts = {
        "item_name": (listing.title,),
        "brand": (product.brand,),
        "bullet_point": product.bullets,
        "product_description": (product.description,) if product.description else (),
    }
    return {
        name: tuple(AttributeText(value, product.marketplace) for value in values)
        for name, values in texts.items()
        if values
    }
