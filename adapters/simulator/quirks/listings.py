"""Faults in one of the own listings."""

from msgspec import UNSET
from msgspec.structs import replace

from adapters.simulator.faults import Fault, Strike
from adapters.simulator.wire.catalog import (
    EnforcementAction,
    EnforcementExemption,
    IssueEnforcements,
    ItemIssue,
    ListingItem,
)

STRANGE = "ONE_OF_TOMORROW"


def distort_listing(item: ListingItem, strike: Strike) -> ListingItem:
    """The listing after every fault that strikes."""
    if strike(Fault.MISSING_DATA_SET) is not None:
        item = replace(item, issues=UNSET, offers=UNSET, fulfillment_availability=UNSET)
    if strike(Fault.MISSING_FIELDS) is not None:
        item = replace(item, summaries=UNSET)
    if strike(Fault.LISTING_FLICKER) is not None and item.summaries is not UNSET:
        item = replace(item, summaries=tuple(replace(one, status=()) for one in item.summaries))
    if strike(Fault.UNKNOWN_ENUM) is not None:
        item = replace(item, issues=(*(item.issues or ()), _strange_issue()))
    return item


def _strange_issue() -> ItemIssue:
    """An issue whose words nobody knows yet."""
    enforcements = IssueEnforcements((EnforcementAction(STRANGE),), EnforcementExemption(STRANGE))
    return ItemIssue(
        code="99999",
        message="Something new.",
        severity=STRANGE,
        categories=(STRANGE,),
        enforcements=enforcements,
        marketplace_ids=(),
    )
