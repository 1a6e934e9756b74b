"""Gathering what a packet's PDF tells of a case."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from bot.core.context import AppContext
from bot.core.history import History
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.scanning import each_found
from bot.core.store import Store, run_in_transaction
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import Case, Entry
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.service.profiles import profile_of
from bot.features.cases.service.seller_facts import company_facts
from bot.features.evidence.collections import COMPARISONS
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase, purchases_of
from bot.features.reports.models.claims import ON_GOODS
from bot.features.reports.models.dossier import (
    Dossier,
    DossierProduct,
    DossierSeller,
)
from bot.features.reports.models.packets import Bundle
from bot.features.reports.models.reports import Report
from bot.features.reports.rules.grounds import belongs, fits
from bot.features.reports.rules.limits import limits
from bot.features.reports.rules.offer_rows import offer_rows, stay_of
from bot.features.reports.rules.points import points_in, untold
from bot.features.reports.rules.story import TOLD, moments
from bot.features.reports.service.exhibits import custody, exhibits, photos
from bot.features.reports.service.gathering import subject_of
from bot.features.reports.texts.writing import claim_and_request, matter_labels
from bot.features.rights.collections import BRAND_RIGHTS
from bot.features.watchlist.collections import HISTORIES, WATCHES

SHOWN = 500
"""So many of a case's findings are told; those on the reported products first."""
LONGEST_CLAIM = 400
"""Characters of a first paragraph that is the claim in a sentence or two."""


async def write_dossier(
    app: AppContext, case: Case, report: Report, bundle: Bundle, seal: str
) -> Dossier:
    """Return everything that the PDF tells, from what the house knows now."""
    seen, left_out = await _findings(app.store, case, report)
    histories = await _histories(app, report)
    names = await _names(app, report, histories)
    purchases = _purchases(report, bundle.items)
    seller = await _seller(app, report, names, purchases)
    own = app.brand.own_sellers
    stay = stay_of(report, histories, own)
    comparison = await app.store.get(COMPARISONS, case.key)
    shown, differences = photos(report, bundle.items, comparison)
    story = moments(report, seen, histories, purchases, bundle.items, shown)
    subject = await run_in_transaction(app.store, lambda tx: subject_of(app, tx, report))
    says, asks = claim_and_request(subject, report.language)
    labels = matter_labels(subject, report.language)
    figure = next((word for word in stay.price.split() if any(map(str.isdigit, word))), "")
    known = (report.seller, seller.name if seller else "", figure)
    return Dossier(
        language=report.language,
        brand=app.brand.name,
        case=case.label,
        report=report.label,
        claim=report.claim,
        says=_claimed(report) or says,
        asks=asks,
        site=f"amazon.{Marketplace.named(report.marketplace).domain}",
        made_at=bundle.made_at,
        simulated=app.brand.simulated,
        seller=seller,
        products=await _products(app, report),
        right=await app.store.get(BRAND_RIGHTS, report.right) if report.right else None,
        purchases=purchases,
        offer=stay,
        photos=shown,
        differences=differences,
        points=tuple(points_in(report.text, untold(report.claim, labels, bought=bool(purchases)))),
        page=_page(report, bundle.items),
        confirmations=_confirmations(report, bundle.items),
        offers=offer_rows(report, histories, names, own),
        offers_at=max((each.last.at for each in histories if each.last), default=None),
        moments=story,
        statement=report.text,
        exhibits=await exhibits(app, report, bundle.items, known, names),
        custody=tuple(custody(bundle.custody, bundle.items, report.language)),
        limits=limits(report, histories, bundle, left_out),
        seal=seal,
        stamped=", ".join(sorted({stamp.authority for stamp in bundle.stamps})),
    )


async def _findings(store: Store, case: Case, report: Report) -> tuple[list[Entry], int]:
    """Return what of the case's timeline is told, and how many findings are left out."""
    reported, others, found = deque[Entry](maxlen=SHOWN), deque[Entry](maxlen=SHOWN), 0
    async for entry in each_found(store, ENTRIES, "case", case.key):
        if case.seller and (entry.signal, entry.kind) in TOLD:
            (reported if entry.asin in report.asins else others).append(entry)
            found += 1
    room = SHOWN - len(reported)
    told = [*reported, *([*others][-room:] if room else ())]
    return told, found - len(told)


async def _histories(app: AppContext, report: Report) -> list[History]:
    keys = [Watch.key_of(report.marketplace, asin) for asin in report.asins]
    found = [await app.store.get(HISTORIES, key) for key in keys]
    return [history for history in found if history is not None]


async def _names(
    app: AppContext, report: Report, histories: Iterable[History]
) -> Mapping[str, SellerProfile]:
    """Return the public pages that are known of the sellers on the products."""
    sellers = {offer.seller for each in histories if each.last for offer in each.last.offers}
    wanted = sorted({*sellers, report.seller})
    found = [await profile_of(app.store, report.marketplace, seller) for seller in wanted]
    return {profile.seller: profile for profile in found if profile is not None and profile.name}


def _purchases(report: Report, items: Sequence[EvidenceItem]) -> tuple[Purchase, ...]:
    """Return the test buys that are grounds for the claim; a claim about a page rests on none."""
    if report.claim not in ON_GOODS:
        return ()
    about = (report.claim, report.seller, report.asins)
    return tuple(each for each in purchases_of(items) if fits(each, *about))


async def _seller(
    app: AppContext,
    report: Report,
    names: Mapping[str, SellerProfile],
    purchases: Sequence[Purchase],
) -> DossierSeller | None:
    if not report.seller:
        return None
    profile = names.get(report.seller)
    bought = next((p.seller_name for p in purchases if p.seller == report.seller), "")
    return DossierSeller(
        id=report.seller,
        link=app.links.seller(report.marketplace, report.seller),
        name=profile.name if profile else bought,
        profile=profile,
        facts=await company_facts(app.store, report.marketplace, report.seller),
    )


async def _products(app: AppContext, report: Report) -> tuple[DossierProduct, ...]:
    told = []
    for asin in report.asins:
        watch = await app.store.get(WATCHES, Watch.key_of(report.marketplace, asin))
        link = app.links.product(report.marketplace, asin, report.seller)
        told.append(DossierProduct(asin=asin, title=watch.title if watch else "", link=link))
    return tuple(told)


def _page(report: Report, items: Sequence[EvidenceItem]) -> str:
    """Return the label of the newest picture of a reported page."""
    taken = [
        item.label
        for item in items
        if item.kind is EvidenceKind.CAPTURE and item.picture and item.asin in report.asins
    ]
    return taken[-1] if taken else ""


def _confirmations(report: Report, items: Sequence[EvidenceItem]) -> tuple[str, ...]:
    """Return the labels of what confirms the orders that are grounds for the claim.

    Earlier versions kept it with the test buy.
    """
    bought, grounds = purchases_of(items), _purchases(report, items)
    if report.claim not in ON_GOODS or (bought and not grounds):
        return ()
    kinds = (EvidenceKind.CONFIRMATION, EvidenceKind.TEST_BUY)
    stray = {each.order for each in bought} - {each.order for each in grounds}
    return tuple(
        item.label
        for item in items
        if item.kind in kinds
        and item.here
        and item.file
        and belongs(item, report.claim, report.seller, report.asins)
        # The caption of a confirmation names its order.
        and not any(order in item.caption for order in stray)
    )


def _claimed(report: Report) -> str:
    """Return the first paragraph of the confirmed text where it is a claim in a sentence or two."""
    first = " ".join(report.text.strip().partition("\n\n")[0].split())
    sentence = first.endswith((".", "。")) and "[" not in first
    return first if sentence and len(first) <= LONGEST_CLAIM else ""
