"""The own account: where it sells, all of its listings, and reports of them."""

import gzip
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from msgspec import UNSET

from adapters.simulator.account_questions import (
    MOST_SEARCHED,
    PERFORMANCE,
    ReportQuestion,
    SearchQuestion,
)
from adapters.simulator.answers.account import (
    listing_item,
    performance_text,
    report_text,
    store_of,
)
from adapters.simulator.catalogue import OwnSku
from adapters.simulator.faults import Fault, Faults, Strike
from adapters.simulator.quota import Operation
from adapters.simulator.wire.account import (
    ReportAccepted,
    ReportAddress,
    ReportStatus,
    Stores,
)
from adapters.simulator.wire.catalog import ListingResults, Pagination
from adapters.simulator.world import World
from bot.core.marketplaces import MARKETPLACES, Marketplace

STEPS = ("IN_QUEUE", "IN_PROGRESS", "DONE")
"""What a report is at the first question after it, at the second, and from then on."""
KEPT = 100
"""Reports that are remembered."""
JAPAN = "JP"


@dataclass
class _Report:
    """A report that was asked for, and how often anybody asked after it."""

    question: ReportQuestion
    made_at: str
    questions: int = field(default=0)


class AccountHandlers:
    """Answers about the own account. `now` is scenario time in seconds, `wall` the wall clock."""

    def __init__(self, world: World, faults: Faults, wall: Callable[[], datetime]) -> None:
        self._world = world
        self._faults = faults
        self._wall = wall
        self._reports: dict[str, _Report] = {}
        self._numbers = itertools.count(1)

    def stores(self, now: float) -> Stores:
        """Answer getMarketplaceParticipations: it sells wherever the world has products."""
        scenario = self._world.scenario
        places = {product.marketplace for product in scenario.products}
        places |= {own.marketplace for own in scenario.own_skus}
        found = (market for market in MARKETPLACES if market.id in places)
        return Stores(
            tuple(
                store_of(market, inactive=self._world.rating(market.id, now).inactive)
                for market in found
            )
        )

    def search(self, question: SearchQuestion, now: float) -> ListingResults | None:
        """Answer searchListingsItems, one page; None where the listings are another seller's."""
        if question.seller != self._world.scenario.own_seller:
            return None
        strike = self._faults.striker(Operation.SEARCH_LISTINGS, (), now)
        if strike(Fault.FALSE_ZERO) is not None:
            return ListingResults(number_of_results=0, items=())
        skus = sorted(self._world.own_skus(question.marketplace, now), key=lambda own: own.sku)
        if question.backward:
            skus.reverse()
        end = question.offset + question.page_size
        page = skus[question.offset : end]
        if strike(Fault.MISSING_INNER) is not None:
            page = page[1:]
        goes_on = end < min(len(skus), MOST_SEARCHED)
        return ListingResults(
            number_of_results=len(skus),
            items=tuple(listing_item(own, strike) for own in page),
            pagination=Pagination(str(end)) if goes_on else UNSET,
        )

    def create_report(self, question: ReportQuestion) -> ReportAccepted:
        """Answer createReport."""
        report = f"ID{next(self._numbers)}"
        self._reports[report] = _Report(question, f"{self._wall():%Y-%m-%dT%H:%M:%SZ}")
        while len(self._reports) > KEPT:
            del self._reports[next(iter(self._reports))]
        return ReportAccepted(report)

    def report(self, id: str, now: float) -> ReportStatus | None:
        """Answer getReport; None if the report is unknown."""
        report = self._reports.get(id)
        if report is None:
            return None
        status = _step(report, self._faults.striker(Operation.GET_REPORT, (), now))
        return ReportStatus(
            report_id=id,
            report_type=report.question.report_type,
            created_time=report.made_at,
            processing_status=status,
            marketplace_ids=report.question.marketplace_ids,
            report_document_id=f"doc-{id}" if status == STEPS[-1] else UNSET,
        )

    def address(self, document: str, base_url: str) -> ReportAddress | None:
        """Answer getReportDocument; None for a document that is not there."""
        if document.removeprefix("doc-") not in self._reports:
            return None
        return ReportAddress(document, f"{base_url}/documents/{document}", "GZIP")

    def document(self, document: str, now: float) -> bytes | None:
        """The document itself, packed; None for one that is not there."""
        report = self._reports.get(document.removeprefix("doc-"))
        if report is None:
            return None
        (marketplace,) = report.question.marketplace_ids
        if report.question.report_type == PERFORMANCE:
            rated = performance_text(self._world.rating(marketplace, now))
            return gzip.compress(rated.encode(), mtime=0)
        empty = self._faults.strike(Fault.EMPTY_REPORT, Operation.DOCUMENT, (), now)
        skus: tuple[OwnSku, ...] = ()
        if empty is None:
            skus = self._world.own_skus(marketplace, now)
        market = Marketplace.of_id(marketplace)
        encoding = "cp932" if market is not None and market.code == JAPAN else "cp1252"
        text = report_text(skus, market)
        return gzip.compress(text.encode(encoding, "replace"), mtime=0)


def _step(report: _Report, strike: Strike) -> str:
    if strike(Fault.REPORT_CANCELLED) is not None:
        return "CANCELLED"
    if strike(Fault.REPORT_FATAL) is not None:
        return "FATAL"
    step = STEPS[min(report.questions, len(STEPS) - 1)]
    report.questions += 1
    return step
