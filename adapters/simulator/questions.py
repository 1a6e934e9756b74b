"""What callers ask, read from their requests.

Everything that Amazon refuses as a whole raises Refused; what Amazon refuses for one ASIN only is
left to the answers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

import msgspec
from multidict import MultiMapping

from adapters.simulator.catalogue import Condition

BATCH_SIZE = 20
DEFAULT_PAGE_SIZE = 10
ASIN = re.compile(r"B[0-9A-Z]{9}|[0-9]{9}[0-9X]")


class Refused(Exception):
    """The request as a whole is invalid; the message is for Amazon's error body."""

    code = "InvalidInput"


class BatchItem(msgspec.Struct, frozen=True, rename="pascal"):
    """A request in a batch, as the caller wrote it."""

    uri: str = msgspec.field(name="uri")
    method: str = msgspec.field(name="method")
    marketplace_id: str
    item_condition: Condition
    customer_type: str | None = None


class _Batch(msgspec.Struct, frozen=True):
    requests: tuple[BatchItem, ...]


@dataclass(frozen=True)
class OffersQuestion:
    """The offers for `key`, an ASIN or one of the own SKUs; alone, or one question of a batch."""

    key: str
    marketplace: str
    condition: Condition
    customer_type: str | None


@dataclass(frozen=True)
class PricesQuestion:
    """The competitive prices of some ASINs or of some of the own SKUs."""

    marketplace: str
    by_sku: bool
    keys: tuple[str, ...]


@dataclass(frozen=True)
class CatalogQuestion:
    """A page of the catalogue items with these ASINs."""

    marketplace: str
    asins: tuple[str, ...]
    included: frozenset[str]
    page_size: int
    offset: int


@dataclass(frozen=True)
class ListingsQuestion:
    """The listings of a seller with these SKUs."""

    seller: str
    marketplace: str
    skus: tuple[str, ...]
    included: frozenset[str]


def read_batch(body: bytes, kind: str) -> tuple[OffersQuestion, ...]:
    """The questions of a batch body; `kind` is the part of the path: items or listings."""
    try:
        batch = msgspec.json.decode(body, type=_Batch)
    except msgspec.DecodeError as error:
        raise Refused(f"Request has missing or invalid parameters: {error}") from error
    if not 1 <= len(batch.requests) <= BATCH_SIZE:
        raise Refused(f"A batch has 1 to {BATCH_SIZE} requests.")
    questions = tuple(_offers_question(item, kind) for item in batch.requests)
    if len({question.key for question in questions}) < len(questions):
        raise Refused("Duplicate requests submitted.  Cannot run batch request.")
    return questions


def _offers_question(item: BatchItem, kind: str) -> OffersQuestion:
    match = re.fullmatch(rf"/products/pricing/v0/{kind}/([^/?]+)/offers", item.uri)
    if match is None or item.method != "GET":
        raise Refused("Invalid uri or method in the batch.")
    key = unquote(match[1])
    return OffersQuestion(key, item.marketplace_id, item.item_condition, item.customer_type)


def read_offers(key: str, query: MultiMapping[str]) -> OffersQuestion:
    """The question in the query string of getItemOffers or getListingOffers."""
    condition = _one_of(query, "ItemCondition", tuple(each.value for each in Condition))
    customer = query.get("CustomerType")
    return OffersQuestion(key, _required(query, "MarketplaceId"), Condition(condition), customer)


def read_prices(query: MultiMapping[str]) -> PricesQuestion:
    """The question in the query string of getCompetitivePricing."""
    kind = _one_of(query, "ItemType", ("Asin", "Sku"))
    keys = _listed(query.getall(f"{kind}s", []))
    if not 1 <= len(keys) <= BATCH_SIZE:
        raise Refused(f"{kind}s must name 1 to {BATCH_SIZE} items.")
    return PricesQuestion(_required(query, "MarketplaceId"), kind == "Sku", keys)


def read_catalog(query: MultiMapping[str]) -> CatalogQuestion:
    """The question in the query string of searchCatalogItems, which must ask for ASINs."""
    marketplaces = _listed([_required(query, "marketplaceIds")])
    if len(marketplaces) != 1:
        raise Refused("marketplaceIds must name one marketplace.")
    _one_of(query, "identifiersType", ("ASIN",))
    asins = _listed(query.getall("identifiers", []))
    if not 1 <= len(asins) <= BATCH_SIZE:
        raise Refused(f"identifiers must name 1 to {BATCH_SIZE} items.")
    if not all(ASIN.fullmatch(asin) for asin in asins):
        raise Refused("Invalid 'asin' provided.")
    return CatalogQuestion(
        marketplace=marketplaces[0],
        asins=asins,
        included=frozenset(_listed(query.getall("includedData", ["summaries"]))),
        page_size=_number(query.get("pageSize", str(DEFAULT_PAGE_SIZE)), 1, BATCH_SIZE),
        offset=_number(query.get("pageToken", "0"), 0, BATCH_SIZE),
    )


def read_listings(seller: str, query: MultiMapping[str]) -> ListingsQuestion:
    """The question in the query string of searchListingsItems, which must ask for SKUs."""
    _one_of(query, "identifiersType", ("SKU",))
    skus = _listed(query.getall("identifiers", []))
    if not 1 <= len(skus) <= BATCH_SIZE:
        raise Refused(f"identifiers must name 1 to {BATCH_SIZE} items.")
    included = frozenset(_listed(query.getall("includedData", ["summaries"])))
    return ListingsQuestion(seller, _required(query, "marketplaceIds"), skus, included)


def read_listing(seller: str, sku: str, query: MultiMapping[str]) -> ListingsQuestion:
    """The question in the path and query of getListingsItem."""
    included = frozenset(_listed(query.getall("includedData", ["summaries"])))
    return ListingsQuestion(seller, _required(query, "marketplaceIds"), (sku,), included)


def _required(query: MultiMapping[str], name: str) -> str:
    value = query.get(name, "")
    if not value:
        raise Refused(f"Missing required parameter {name}.")
    return value


def _one_of(query: MultiMapping[str], name: str, allowed: tuple[str, ...]) -> str:
    value = _required(query, name)
    if value not in allowed:
        raise Refused(f"{name} must be one of {', '.join(allowed)}.")
    return value


def _listed(values: Iterable[str]) -> tuple[str, ...]:
    """The elements of a list parameter, whether repeated or divided by commas."""
    return tuple(part for value in values for part in value.split(",") if part)


def _number(text: str, low: int, high: int) -> int:
    # The pattern keeps out what int() would take: spaces, underscores, other scripts' digits.
    if re.fullmatch(r"[0-9]{1,3}", text) is None or not low <= int(text) <= high:
        raise Refused(f"{text!r} is no number from {low} to {high}.")
    return int(text)
