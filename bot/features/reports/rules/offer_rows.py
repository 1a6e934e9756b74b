"""The offers on a report's products, as its dossier tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from bot.core.history import History
from bot.core.money import Money
from bot.core.written import written_money
from bot.features.cases.models.profiles import SellerProfile
from bot.features.reports.models.claims import ON_GOODS
from bot.features.reports.models.dossier import OfferRow, OfferStay
from bot.features.reports.models.reports import Report


def is_accused(report: Report, seller: str) -> bool:
    """Tell whether the report is about that seller's offer, not about a page."""
    return report.claim in ON_GOODS and seller == report.seller


def stay_of(report: Report, histories: Sequence[History], own: AbstractSet[str]) -> OfferStay:
    """Return how long the seller was there, and the cheapest that they asked on the first."""
    seen = [
        (history, stay)
        for history in histories
        if history.last and (stay := history.presence(report.seller))
    ]
    if not report.seller or not seen:
        return OfferStay()
    history, stay = seen[0]
    last = history.last
    theirs = last.cheapest_of(report.seller) if last else None
    asked = [last.cheapest_of(each) for each in sorted(own)] if last else []
    ours = next((written_money(offer.price, report.language) for offer in asked if offer), "")
    ends = [stay.gone_at or (each.last.at if each.last else None) for each, stay in seen]
    return OfferStay(
        first_seen=min(stay.first_seen for _, stay in seen),
        last_seen=max((at for at in ends if at), default=None),
        there=any(stay.gone_at is None for _, stay in seen),
        price=_written(theirs.price if theirs else stay.landed, report),
        shipping=_written(theirs.shipping if theirs else None, report),
        ships_from=theirs.ships_from if theirs else "",
        ours=ours,
    )


def offer_rows(
    report: Report,
    histories: Iterable[History],
    names: Mapping[str, SellerProfile],
    own: AbstractSet[str],
) -> tuple[OfferRow, ...]:
    """Return every offer on the reported products as it was seen last."""
    return tuple(
        OfferRow(
            asin=history.last.asin,
            seller=offer.seller,
            name=names[offer.seller].name if offer.seller in names else "",
            price=_written(offer.price, report),
            shipping=_written(offer.shipping, report),
            ships_from=offer.ships_from,
            fba=offer.fba,
            positive_percent=offer.positive_percent,
            feedback_count=offer.feedback_count,
            buy_box=offer.seller in (history.last.holders or ()),
            ours=offer.seller in own,
            accused=is_accused(report, offer.seller),
        )
        for history in histories
        if history.last
        for offer in history.last.offers
    )


def _written(price: Money | None, report: Report) -> str:
    return "" if price is None else written_money(price, report.language)
