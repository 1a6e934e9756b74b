"""What views need to know, gathered from the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.core import forms
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.listing import Watch
from bot.core.store import Transaction
from bot.core.text import one_line
from bot.core.views.context import ViewContext
from bot.features.cases.collections import SELLER_FACTS, SELLER_PROFILES
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import (
    BecameOfCase,
    EvidenceWanted,
    PictureOfProduct,
    ReportOfCase,
)
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.models.seller_facts import LookAlike, SellerFacts
from bot.features.cases.models.signals import Affected
from bot.features.cases.resources import FACTS_SOURCE
from bot.features.cases.service.affected import worst_of
from bot.features.cases.service.resemblance import look_alike
from bot.features.cases.views.context import CaseContext
from bot.features.watchlist.collections import WATCHES


async def case_context(
    app: AppContext,
    tx: Transaction,
    cases: Sequence[Case],
    worst: Mapping[str, tuple[Affected, ...]] | None = None,
    asins: Iterable[str] = (),
) -> CaseContext:
    """Return the context for cards about these cases, and about more of their products.

    ``worst`` are the cases' worst products, where they are at hand.
    """
    if worst is None:
        worst = {case.key: await worst_of(tx, case.key) for case in cases}
    named = {
        Watch.key_of(case.marketplace, asin)
        for case in cases
        for asin in (*(each.asin for each in worst[case.key]), *asins)
    }
    found = [await tx.get(WATCHES, key) for key in sorted(named)]
    products: dict[str, Watch] = {watch.key: watch for watch in found if watch}
    sellers = {SellerProfile.key_of(case.marketplace, case.seller) for case in cases if case.seller}
    facts = await _facts(tx, sellers)
    source = app.resources[FACTS_SOURCE]
    profiles = [await tx.get(SELLER_PROFILES, key) for key in sorted(sellers)]
    return CaseContext(
        now=app.clock(),
        team=await app.team(tx),
        links=app.links,
        products=products,
        affected=worst,
        needs={case.key: await app.ask(tx, EvidenceWanted(case)) or () for case in cases},
        earlier={
            case.key: await app.ask(tx, BecameOfCase(case)) or "" for case in cases if case.earlier
        },
        reports={
            case.key: report
            for case in cases
            if (report := await app.ask(tx, ReportOfCase(case))) is not None
        },
        profiles={profile.key: profile for profile in profiles if profile},
        pictures=await _picture(app, tx, *cases) if len(cases) == 1 else {},
        facts=facts,
        look_alikes=await _look_alikes(tx, facts),
        facts_source=source.name if source else "",
    )


async def _picture(app: AppContext, tx: Transaction, case: Case) -> Mapping[str, str]:
    """Return the picture of the one product that the case is about."""
    if case.lead is None or not case.lead.asin or case.tally.products > 1:
        return {}
    key = Watch.key_of(case.marketplace, case.lead.asin)
    address = await app.ask(tx, PictureOfProduct(key))
    return {key: address} if address else {}


async def _facts(tx: Transaction, keys: Iterable[str]) -> Mapping[str, SellerFacts]:
    found = [await tx.get(SELLER_FACTS, key) for key in sorted(keys)]
    return {facts.key: facts for facts in found if facts}


async def _look_alikes(
    tx: Transaction, facts: Mapping[str, SellerFacts]
) -> Mapping[str, LookAlike]:
    found = [(key, await look_alike(tx, each)) for key, each in facts.items()]
    return {key: other for key, other in found if other}


def offered_products(
    case: Case, view: ViewContext, first: Sequence[str] = ()
) -> tuple[tuple[str, str], ...]:
    """Return the case's products for a form to choose from: ASIN and label.

    A form takes only so many: the ``first`` of them, then those that were hit first.
    """
    return tuple(
        (asin, one_line(f"{asin} {view.name_of(case.marketplace, asin)}", forms.OPTION))
        for asin in list(dict.fromkeys((*first, *case.asins)))[: forms.OPTIONS]
    )


def offered_words(case: Case) -> str:
    """Say that a form offers only some of the case's products; nothing where it offers all."""
    if case.tally.products <= forms.OPTIONS:
        return ""
    return tr(
        "The list shows {shown} of {count} products.",
        shown=forms.OPTIONS,
        count=f"{case.tally.products:,}",
    )
