"""What became of a reported offer: that it is gone, and that its seller is back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.cards import Card
from bot.core.context import AppContext
from bot.core.findings import ENDED_BY_TRUST
from bot.core.interface import InterfaceLanguage, noted, speak
from bot.core.listing import Watch
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import SignalsEnded, SignalsRaised
from bot.features.cases.service.affected import products_of
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.profiles import profile_of
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.claims import PAGES
from bot.features.reports.models.reports import Report, report_key
from bot.features.reports.rules import steps
from bot.features.reports.rules.followups import away, lasted, took
from bot.features.reports.service.gathering import trusted_on
from bot.features.reports.service.presences import presences
from bot.features.reports.service.reports import keep
from bot.features.reports.views.relisting import Return, back_card
from bot.features.watchlist.collections import HISTORIES


async def note_removal(app: AppContext, tx: Transaction, event: SignalsEnded) -> None:
    """Note on the seller's filed reports that the offer is gone, where none of it is left."""
    case = event.case
    for report in await reports_about(tx, case.marketplace, case.seller):
        left = not await _here(tx, case, report) and await _left(tx, report)
        gone = steps.removed(report, app.clock()) if left else None
        if gone is None:
            continue
        with speak(InterfaceLanguage.ENGLISH):
            told = _gone(report, gone)
        await keep(app, tx, gone, told, None)
        if report.returned_at is not None:
            await show_alert(app, tx, case, gone)


def _gone(before: Report, gone: Report) -> str:
    """Say how long the offer was there, since it was reported or since it came back."""
    if before.returned_at is not None and gone.away_at is not None:
        return noted(
            "{report}: the reported offer is gone again, after {time}.",
            report=gone.label,
            time=lasted(gone.away_at - before.returned_at),
        )
    duration = took(gone)
    if duration is None:
        return noted("{report}: the reported offer is gone.", report=gone.label)
    return noted(
        "{report}: the reported offer is gone, removed after {time}.",
        report=gone.label,
        time=lasted(duration),
    )


def _back(report: Report) -> str:
    """Say that the seller is back, and how long they were away."""
    return noted(
        "{report}: the reported seller is back, after {time} away.",
        report=report.label,
        time=lasted(away(report) or timedelta()),
    )


async def note_return(app: AppContext, tx: Transaction, event: SignalsRaised) -> None:
    """Note that a reported seller is back on a reported product, and alert the channel once.

    Of several reports about it, the alert of one is enough.
    """
    back: list[Report] = []
    for report in await reports_about(tx, event.case.marketplace, event.case.seller):
        asins = [asin for asin in report.asins if asin in event.asins]
        since = await back_since(app, tx, report, asins)
        returned = steps.returned(report, since, app.clock()) if since else None
        if returned is not None:
            back.append(await _without_dropped(tx, returned))
    first = max(back, key=_weight, default=None)
    for report in back:
        alert = f"{report.label}-back-{app.clock():%Y%m%d}" if report is first else ""
        told = replace(report, alert=alert)
        with speak(InterfaceLanguage.ENGLISH):
            text = _back(told)
        await keep(app, tx, told, text, None)
        if alert == report.alert:
            # A second return on one day goes into the message that is there.
            await show_alert(app, tx, event.case, told)
        elif alert:
            app.outbox.post(tx, alert, await _card(app, tx, event.case, told), ping=True)


def _weight(report: Report) -> tuple[bool, int]:
    """Prefer what is about the seller's offer to what is about a page, then the newest."""
    return report.claim not in PAGES, report.number


async def back_since(
    app: AppContext, tx: Transaction, report: Report, asins: Sequence[str]
) -> datetime | None:
    """Return since when the seller is on one of the products on which they are not trusted."""
    seller = report.seller
    strange = [asin for asin in asins if not await trusted_on(app, tx, seller, asin)]
    stays = await presences(tx, report.marketplace, seller, strange)
    return max((stay.since for stay in stays if stay.gone_at is None), default=None)


async def _without_dropped(tx: Transaction, report: Report) -> Report:
    """Return the report as one without a follow-up, where that is no longer worked on."""
    follow_up = await tx.get(REPORTS, report_key(report.follow_up)) if report.follow_up else None
    return report if follow_up and follow_up.open else replace(report, follow_up=None)


async def show_alert(app: AppContext, tx: Transaction, case: Case, report: Report) -> None:
    """Show in the alert of the return what became of it."""
    if report.alert:
        await app.outbox.edit(tx, report.alert, await _card(app, tx, case, report))


async def show_followed(
    app: AppContext, tx: Transaction, case: Case, report: Report, draft: Report
) -> None:
    """Show in the alert which report was drafted upon the return."""
    if report.alert:
        card = await _card(app, tx, case, report, draft)
        await app.outbox.edit(tx, report.alert, card)


async def _card(
    app: AppContext, tx: Transaction, case: Case, report: Report, draft: Report | None = None
) -> Card:
    profile = await profile_of(tx, report.marketplace, report.seller)
    view = await case_context(app, tx, [case], asins=report.asins)
    return back_card(Return(report, case.label, profile, draft), view)


async def reports_about(tx: Transaction, marketplace: str, seller: str) -> Sequence[Report]:
    """Return the reports about a seller in a marketplace, whatever case they came from."""
    if not seller:
        return ()
    known = [report async for report in each_found(tx, REPORTS, "seller", seller)]
    return [report for report in known if report.marketplace == marketplace]


async def _here(tx: Transaction, case: Case, report: Report) -> bool:
    """Tell whether the seller is seen on a reported product, as far as the case knows."""
    products = await products_of(tx, case, report.asins)
    return any(signal.kind in ENDED_BY_TRUST for on in products.values() for signal in on.active)


async def _left(tx: Transaction, report: Report) -> bool:
    """Tell whether readings show that the seller left every reported product.

    A signal ends, too, where the team trusts the seller or stops watching: that shows nothing.
    """
    keys = [Watch.key_of(report.marketplace, asin) for asin in report.asins]
    histories = [await tx.get(HISTORIES, key) for key in keys]
    if not all(histories):
        return False
    stays = await presences(tx, report.marketplace, report.seller, report.asins)
    return bool(stays) and all(stay.gone_at is not None for stay in stays)
