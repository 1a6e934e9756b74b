"""What a report is made of, gathered: what its text may say, and what the lint has to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.context import AppContext
from bot.core.listing import Offer, Watch
from bot.core.marketplaces import Marketplace
from bot.core.scanning import each, each_found
from bot.core.store import Transaction
from bot.core.templates import ENGLISH
from bot.features.cases.collections import CASES
from bot.features.cases.service.profiles import profile_of
from bot.features.evidence.models.items import EvidenceItem, purchases_of
from bot.features.evidence.service.evidence import items_of
from bot.features.reports.models.lint_input import LastObservation, LintInput
from bot.features.reports.models.reports import TO_BE_FILED, Report
from bot.features.reports.rules.grounds import belongs
from bot.features.reports.rules.wording import ReportedProduct, Subject
from bot.features.reports.service.earlier import earlier_reports
from bot.features.reports.service.presences import last_observation_of, presences
from bot.features.reports.texts.writing import report_text
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.rights.models import BrandRight, RightsDocumentKind
from bot.features.watchlist.collections import HISTORIES, SELLERS, WATCHES


async def rights(app: AppContext) -> tuple[BrandRight, ...]:
    """Return the rights of the register."""
    return tuple([right async for right in each(app.store, BRAND_RIGHTS)])


async def allowed_on(app: AppContext, tx: Transaction, seller: str, asins: Sequence[str]) -> bool:
    """Tell whether the seller is authorised on one of the products: by hand, or by a paper."""
    known = await tx.get(SELLERS, seller) if seller else None
    now = app.clock()
    if known is not None and any(known.authorised_on(asin, now) for asin in asins):
        return True
    if not seller:
        return False
    today = now.date()
    async for paper in each_found(tx, RIGHTS_DOCUMENTS, "party", seller):
        authorised = paper.kind is RightsDocumentKind.AUTHORISATION
        if authorised and any(paper.covers(asin, today) for asin in asins):
            return True
    return False


async def trusted_on(app: AppContext, tx: Transaction, seller: str, asin: str) -> bool:
    """Tell whether the team wants no report on the seller on a product: authorized, or lawful."""
    known = await tx.get(SELLERS, seller)
    if known is not None and known.trusted_on(asin, app.clock()):
        return True
    return await allowed_on(app, tx, seller, [asin])


async def lint_input_of(app: AppContext, tx: Transaction, report: Report) -> LintInput:
    """Gather what the lint has to know of a report."""
    known = await tx.get(SELLERS, report.seller) if report.seller else None
    right = await tx.get(BRAND_RIGHTS, report.right) if report.right else None
    items = await items_of(tx, report.case)
    return LintInput(
        report=report,
        items=items,
        right=right,
        allowed=await allowed_on(app, tx, report.seller, report.asins),
        left_alone=known is not None and any(map(known.left_alone_on, report.asins)),
        last_observation=await last_observation_of(tx, report),
        now=app.clock(),
        names=await _names(app, tx, report, right, items),
        others=await earlier_reports(tx, report, report.asins, before=report),
    )


async def _names(
    app: AppContext,
    tx: Transaction,
    report: Report,
    right: BrandRight | None,
    items: Sequence[EvidenceItem],
) -> tuple[str, ...]:
    """Return names that a report may have in its text, whatever words they are made of."""
    watches = [await tx.get(WATCHES, Watch.key_of(report.marketplace, a)) for a in report.asins]
    profile = await profile_of(tx, report.marketplace, report.seller)
    names = [
        app.brand.name,
        *(watch.title for watch in watches if watch),
        *((profile.name, profile.business) if profile else ()),
        *((right.name, right.registration) if right else ()),
        *(item.purchase.seller_name for item in items if item.purchase),
    ]
    return tuple(name for name in names if name)


async def subject_of(app: AppContext, tx: Transaction, report: Report) -> Subject:
    """Gather what a report's text may say."""
    watches = [await tx.get(WATCHES, Watch.key_of(report.marketplace, a)) for a in report.asins]
    stays = await presences(tx, report.marketplace, report.seller, report.asins)
    observation = await last_observation_of(tx, report)
    items = [
        item
        for item in await items_of(tx, report.case)
        if item.here and belongs(item, report.claim, report.seller, report.asins)
    ]
    case = await tx.get(CASES, report.case)
    subject = Subject(
        brand=app.brand.name,
        claim=report.claim,
        site=f"amazon.{Marketplace.named(report.marketplace).domain}",
        products=tuple(
            ReportedProduct(asin, watch.title if watch else "")
            for asin, watch in zip(report.asins, watches, strict=True)
        ),
        seller=report.seller,
        first_seen=min((stay.since for stay in stays), default=None),
        last_seen=_last_seen(observation),
        noticed=case.opened_at if case and not report.seller else None,
        price=next((stay.landed for stay in stays if stay.landed), None),
        right=await tx.get(BRAND_RIGHTS, report.right) if report.right else None,
        purchases=purchases_of(items),
        evidence=tuple(items),
        no_orders=report.no_orders,
    )
    return await _with_seller(tx, report, subject) if report.seller else subject


async def english_of(app: AppContext, tx: Transaction, report: Report) -> str:
    """Return the English draft of a report that is written in another language and not filed yet.

    Whoever edits or confirms it reads what its template says; empty where none is needed.
    """
    if report.language == ENGLISH or report.state not in TO_BE_FILED:
        return ""
    return report_text(await subject_of(app, tx, report), ENGLISH)


async def _with_seller(tx: Transaction, report: Report, subject: Subject) -> Subject:
    """Add what is known of the seller and of their offer in the latest readings."""
    profile = await profile_of(tx, report.marketplace, report.seller)
    named = [bought.seller_name for bought in subject.purchases if bought.seller_name]
    business = (profile.business, *profile.address) if profile else ()
    subject = msgspec.structs.replace(
        subject,
        seller_name=profile.name if profile else next(iter(named), ""),
        business=", ".join(filter(None, business)),
    )
    offer = await _offer(tx, report)
    if offer is None:
        return subject
    return msgspec.structs.replace(
        subject,
        # Readings ask for offers of new items alone.
        as_new=True,
        ships_from=offer.ships_from,
        fulfilled="" if offer.fba is None else "amazon" if offer.fba else "seller",
        positive=offer.positive_percent,
        ratings=offer.feedback_count,
    )


async def _offer(tx: Transaction, report: Report) -> Offer | None:
    """Return the seller's offer of the first product on which the latest reading shows one."""
    for asin in report.asins:
        history = await tx.get(HISTORIES, Watch.key_of(report.marketplace, asin))
        offer = history.last.cheapest_of(report.seller) if history and history.last else None
        if offer is not None:
            return offer
    return None


def _last_seen(observation: LastObservation) -> datetime | None:
    return observation.seen_at if observation.there else observation.gone_at
