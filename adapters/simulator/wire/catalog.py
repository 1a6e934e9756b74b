"""The shapes of items: searchCatalogItems and searchListingsItems."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType


class Summary(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The main facts of an item in a marketplace."""

    marketplace_id: str
    item_name: str
    brand: str | UnsetType = UNSET
    manufacturer: str | UnsetType = UNSET
    item_classification: str | UnsetType = UNSET
    website_display_group: str | UnsetType = UNSET
    website_display_group_name: str | UnsetType = UNSET


class Image(msgspec.Struct, frozen=True):
    """A picture; sizes are in pixels."""

    variant: str
    link: str
    height: int
    width: int


class Images(msgspec.Struct, frozen=True, rename="camel"):
    """The pictures of an item in a marketplace."""

    marketplace_id: str
    images: tuple[Image, ...]


class DisplayGroupRank(msgspec.Struct, frozen=True, rename="camel"):
    """A place in the best sellers of a part of the shop."""

    website_display_group: str
    title: str
    rank: int


class SalesRanks(msgspec.Struct, frozen=True, rename="camel"):
    """The places of an item in a marketplace."""

    marketplace_id: str
    display_group_ranks: tuple[DisplayGroupRank, ...]


class ProductTypes(msgspec.Struct, frozen=True, rename="camel"):
    """The product type of an item in a marketplace."""

    marketplace_id: str
    product_type: str


class VariationTheme(msgspec.Struct, frozen=True):
    """By what the products of a family differ."""

    attributes: tuple[str, ...] = ("color",)
    theme: str = "COLOR_NAME"


class Relationship(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """How an item belongs to a variation family: as a child, or as the parent."""

    type: str = "VARIATION"
    parent_asins: tuple[str, ...] | UnsetType = UNSET
    child_asins: tuple[str, ...] | UnsetType = UNSET
    variation_theme: VariationTheme = VariationTheme()


class Relationships(msgspec.Struct, frozen=True, rename="camel"):
    """The families of an item in a marketplace."""

    marketplace_id: str
    relationships: tuple[Relationship, ...]


class ItemIdentifier(msgspec.Struct, frozen=True, rename="camel"):
    """A number by which trade knows an item."""

    identifier_type: str
    identifier: str


class ItemIdentifiers(msgspec.Struct, frozen=True, rename="camel"):
    """The numbers of an item in a marketplace."""

    marketplace_id: str
    identifiers: tuple[ItemIdentifier, ...]


class AttributeText(msgspec.Struct, frozen=True):
    """A value of an attribute; a bullet point, for example."""

    value: str
    marketplace_id: str
    language_tag: str = "en_US"


class Item(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """An item with the data sets that were asked for."""

    asin: str
    attributes: dict[str, tuple[AttributeText, ...]] | UnsetType = UNSET
    identifiers: tuple[ItemIdentifiers, ...] | UnsetType = UNSET
    images: tuple[Images, ...] | UnsetType = UNSET
    product_types: tuple[ProductTypes, ...] | UnsetType = UNSET
    relationships: tuple[Relationships, ...] | UnsetType = UNSET
    sales_ranks: tuple[SalesRanks, ...] | UnsetType = UNSET
    summaries: tuple[Summary, ...] | UnsetType = UNSET


class Pagination(msgspec.Struct, frozen=True, rename="camel"):
    """How to get the next page."""

    next_token: str


class BrandRefinement(msgspec.Struct, frozen=True, rename="camel"):
    """How many of what a search found are of a brand."""

    number_of_results: int
    brand_name: str


class Refinements(msgspec.Struct, frozen=True):
    """By what a search can be narrowed."""

    brands: tuple[BrandRefinement, ...]
    classifications: tuple[BrandRefinement, ...] = ()


class SearchResults(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The body of the answer; unknown ASINs are simply not in it."""

    number_of_results: int
    items: tuple[Item, ...]
    pagination: Pagination | UnsetType = UNSET
    refinements: Refinements | UnsetType = UNSET
    """Told by searches for keywords alone."""


class ListingSummary(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The main facts of a listing in a marketplace."""

    marketplace_id: str
    asin: str
    product_type: str
    status: tuple[str, ...]
    item_name: str
    created_date: str
    last_updated_date: str
    condition_type: str | UnsetType = UNSET


class EnforcementAction(msgspec.Struct, frozen=True):
    """What Amazon does because of an issue."""

    action: str


class EnforcementExemption(msgspec.Struct, frozen=True):
    """Whether it does so already."""

    status: str


class IssueEnforcements(msgspec.Struct, frozen=True):
    """What Amazon does because of an issue, and whether it does so already."""

    actions: tuple[EnforcementAction, ...]
    exemption: EnforcementExemption


class ItemIssue(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What Amazon has against a listing."""

    code: str
    message: str
    severity: str
    categories: tuple[str, ...]
    enforcements: IssueEnforcements | UnsetType = UNSET
    marketplace_ids: tuple[str, ...]


class ItemMoney(msgspec.Struct, frozen=True, rename="camel"):
    """An amount, as listings have it."""

    currency_code: str
    amount: str


class ItemOffer(msgspec.Struct, frozen=True, rename="camel"):
    """The own offer on a listing."""

    marketplace_id: str
    offer_type: str
    price: ItemMoney


class Fulfillment(msgspec.Struct, frozen=True, rename="camel"):
    """The units of a listing in one channel."""

    fulfillment_channel_code: str
    quantity: int


class ListingItem(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One of the own listings; without a summary it is on sale nowhere."""

    sku: str
    summaries: tuple[ListingSummary, ...] | UnsetType = ()
    attributes: dict[str, tuple[AttributeText, ...]] | UnsetType = UNSET
    issues: tuple[ItemIssue, ...] | UnsetType = UNSET
    offers: tuple[ItemOffer, ...] | UnsetType = UNSET
    fulfillment_availability: tuple[Fulfillment, ...] | UnsetType = UNSET


class ListingResults(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The body of the answer; SKUs that the seller does not have are simply not in it."""

    number_of_results: int
    items: tuple[ListingItem, ...]
    pagination: Pagination | UnsetType = UNSET
