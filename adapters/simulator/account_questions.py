"""What callers ask about the own account, read from their requests."""

import re
from dataclasses import dataclass

import msgspec
from multidict import MultiMapping

from adapters.simulator.questions import BATCH_SIZE, DEFAULT_PAGE_SIZE, Refused

MOST_SEARCHED = 1000
"""Amazon pages through no more listings of one search."""
ALL_LISTINGS = "GET_MERCHANT_LISTINGS_ALL_DATA"
PERFORMANCE = "GET_V2_SELLER_PERFORMANCE_REPORT"
REPORT_TYPES = (ALL_LISTINGS, PERFORMANCE)


@dataclass(frozen=True)
class SearchQuestion:
    """A page of all listings of a seller, sorted by SKU."""

    seller: str
    marketplace: str
    backward: bool
    page_size: int
    offset: int


class ReportQuestion(msgspec.Struct, frozen=True, rename="camel"):
    """The report that a caller wants."""

    report_type: str
    marketplace_ids: tuple[str, ...]


def read_search(seller: str, query: MultiMapping[str]) -> SearchQuestion:
    """The question in the query string of searchListingsItems without identifiers."""
    marketplace = query.get("marketplaceIds", "")
    if not marketplace or "," in marketplace:
        raise Refused("marketplaceIds must name one marketplace.")
    if query.get("sortBy", "sku") != "sku" or query.get("sortOrder") not in (None, "ASC", "DESC"):
        raise Refused("Invalid sortBy or sortOrder.")
    size, token = query.get("pageSize", str(DEFAULT_PAGE_SIZE)), query.get("pageToken", "0")
    if not re.fullmatch(r"[0-9]{1,2}", size) or not 1 <= int(size) <= BATCH_SIZE:
        raise Refused("Invalid pageSize.")
    if not re.fullmatch(r"[0-9]{1,4}", token) or int(token) >= MOST_SEARCHED:
        raise Refused("Invalid pageToken.")
    backward = query.get("sortOrder") == "DESC"
    return SearchQuestion(seller, marketplace, backward, int(size), int(token))


def read_report_question(body: bytes) -> ReportQuestion:
    """The question in the body of createReport."""
    try:
        question = msgspec.json.decode(body, type=ReportQuestion)
    except msgspec.DecodeError as error:
        raise Refused(f"Request has missing or invalid parameters: {error}") from error
    if question.report_type not in REPORT_TYPES or len(question.marketplace_ids) != 1:
        raise Refused("Invalid reportType or marketplaceIds.")
    return question
