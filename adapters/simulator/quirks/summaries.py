"""Faults in the competitive summary of one product."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import UNSET
from msgspec.structs import replace

from adapters.simulator.faults import Fault, FaultWindow, Strike
from adapters.simulator.wire.summaries import LowestPricedOffers, SummaryBody, SummaryOffer


def distort_summary(body: SummaryBody, strike: Strike) -> SummaryBody:
    """The summary after every fault that strikes."""
    for fault, quirk in QUIRKS:
        window = strike(fault)
        if window is not None:
            body = quirk(body, window)
    return body


Change = Callable[[tuple[SummaryOffer, ...]], tuple[SummaryOffer, ...]]


def _with_listed(body: SummaryBody, change: Change) -> SummaryBody:
    """The body with other offers; a list that has none left is left out, as at Amazon."""
    if body.lowest_priced_offers is UNSET:
        return body
    lists = (
        LowestPricedOffers(each.lowest_priced_offers_input, change(each.offers))
        for each in body.lowest_priced_offers
    )
    return replace(body, lowest_priced_offers=tuple(each for each in lists if each.offers))


def _false_zero(body: SummaryBody, _: FaultWindow) -> SummaryBody:
    listed = UNSET if body.lowest_priced_offers is UNSET else ()
    featured = UNSET if body.featured_buying_options is UNSET else ()
    return replace(body, lowest_priced_offers=listed, featured_buying_options=featured)


def _top_twenty(body: SummaryBody, window: FaultWindow) -> SummaryBody:
    return _with_listed(
        body, lambda offers: tuple(one for one in offers if one.seller_id != window.seller)
    )


def _unknown_enum(body: SummaryBody, _: FaultWindow) -> SummaryBody:
    return _with_listed(
        body,
        lambda offers: tuple(
            replace(one, sub_condition="Pristine", fulfillment_type="DFN") for one in offers
        ),
    )


def _missing_fields(body: SummaryBody, _: FaultWindow) -> SummaryBody:
    """Only what the model requires of an offer stays."""
    return _with_listed(
        body,
        lambda offers: tuple(
            replace(one, sub_condition=UNSET, shipping_options=UNSET, prime_details=UNSET)
            for one in offers
        ),
    )


def _missing_data_set(body: SummaryBody, _: FaultWindow) -> SummaryBody:
    return replace(body, lowest_priced_offers=UNSET, similar_items=UNSET)


Quirk = Callable[[SummaryBody, FaultWindow], SummaryBody]

QUIRKS: tuple[tuple[Fault, Quirk], ...] = (
    (Fault.TOP_TWENTY, _top_twenty),
    (Fault.UNKNOWN_ENUM, _unknown_enum),
    (Fault.MISSING_FIELDS, _missing_fields),
    (Fault.FALSE_ZERO, _false_zero),
    (Fault.MISSING_DATA_SET, _missing_data_set),
)
