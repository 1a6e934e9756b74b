"""All watched products as a list: what was last seen of each, and its open case."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from functools import cache

import msgspec

from bot.core.browse.arranging import Judge
from bot.core.browse.models import RowMark, RowPage, TableRow
from bot.core.browse.table import BrowseTable, Followed
from bot.core.cards import Card, Tone
from bot.core.charts import spoken
from bot.core.context import AppContext, view_context
from bot.core.interface import tr
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.scanning import each, each_found
from bot.core.store import Transaction
from bot.errors import SourceError
from bot.features.cases.collections import AFFECTED, CASES, SELLER_PROFILES
from bot.features.cases.models.cases import Case
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.service.affected import all_of
from bot.features.cases.service.contexts import case_context
from bot.features.cases.views.case import case_line
from bot.features.overview.rules.products import (
    CHECK,
    MARKET,
    OF_OURS,
    CheckState,
    ProductFacts,
    check_state,
    product_mark,
)
from bot.features.overview.views.products import (
    ProductView,
    product_columns,
    product_filters,
    product_row,
)
from bot.features.watchlist.collections import (
    HISTORIES,
    SELLERS,
    SOURCE_FAULTS,
    STATUSES,
    WATCHES,
)
from bot.features.watchlist.models.health import ACCOUNT, SourceFault
from bot.features.watchlist.models.price_queries import HistoryOf
from bot.features.watchlist.service.trusting import trusted_in
from bot.features.watchlist.views.product import check_card

CASES_SHOWN = 8


async def _keys(app: AppContext) -> AsyncIterator[str]:
    async for watch in each(app.store, WATCHES):
        yield watch.key


async def _of_affected(app: AppContext, key: str) -> Iterable[str]:
    on = await app.store.get(AFFECTED, key)
    return (on.product,) if on and on.product else ()


async def _of_case(app: AppContext, key: str) -> Iterable[str]:
    return [on.product async for on in all_of(app.store, key) if on.product]


async def read_facts(app: AppContext, key: str) -> ProductFacts | None:
    """Return what is known of a watched product; None: it is not watched."""
    watch = await app.store.get(WATCHES, key)
    if watch is None:
        return None
    return ProductFacts(
        watch=watch,
        status=await app.store.get(STATUSES, key),
        history=await app.store.get(HISTORIES, key),
        cases=await open_cases(app, key),
    )


async def open_cases(app: AppContext, key: str) -> Sequence[Case]:
    """Return the open cases of a product, the worst and newest first."""
    cases = [
        await app.store.get(CASES, on.case)
        async for on in each_found(app.store, AFFECTED, "product", key)
    ]
    known = [case for case in cases if case is not None and case.open]
    return sorted(known, key=lambda case: (-case.severity, -case.number))


async def _mark(app: AppContext, key: str) -> RowMark | None:
    facts = await read_facts(app, key)
    return product_mark(facts, app.brand.own_sellers) if facts else None


async def _show(app: AppContext, keys: Sequence[str]) -> Sequence[TableRow]:
    faults = await _faults(app)
    found = [await read_facts(app, key) for key in keys]
    return [product_row(facts, await _view(app, facts, faults)) for facts in found if facts]


async def _view(
    app: AppContext, facts: ProductFacts, faults: dict[str, SourceFault]
) -> ProductView:
    watch, status, last = facts.watch, facts.status, facts.last
    fault = _fault_of(watch.marketplace, faults)
    sellers = sorted(
        {*(offer.seller for offer in last.offers), *(last.holders or ())} if last else ()
    )
    trusted = [await app.store.get(SELLERS, seller) for seller in sellers]
    holders = sorted(last.holders or ()) if last else []
    named = [SellerProfile.key_of(watch.marketplace, seller) for seller in holders]
    profiles = [await app.store.get(SELLER_PROFILES, key) for key in named]
    now = app.clock()
    return ProductView(
        own=app.brand.own_sellers,
        trusted=frozenset(one.id for one in trusted if one and one.trusted_on(watch.asin, now)),
        profiles={one.key: one for one in profiles if one},
        state=check_state(
            status,
            now=now,
            overdue_after=app.overdue_after(watch).total_seconds(),
            fault=fault is not None,
        ),
        why=fault.why if fault else status.failure if status else "",
    )


async def _faults(app: AppContext) -> dict[str, SourceFault]:
    return {fault.scope: fault async for fault in each(app.store, SOURCE_FAULTS)}


def _fault_of(market: str, faults: dict[str, SourceFault]) -> SourceFault | None:
    known = Marketplace.find(market)
    return faults.get(ACCOUNT) or faults.get(known.region if known else "")


async def _check_judge(app: AppContext, value: str) -> Judge | None:
    """Tell which products were checked so: what is overdue now was done when it was noted."""
    faults, now = await _faults(app), app.clock().timestamp()

    @cache
    def late(market: str, sku: str) -> float:
        watch = Watch(asin="", marketplace=market, sku=sku, added_at=app.clock())
        return app.overdue_after(watch).total_seconds()

    def state(mark: RowMark) -> str:
        tags = dict(tag.split("=", 1) for tag in mark.tags)
        if _fault_of(tags[MARKET], faults):
            return CheckState.FAILED
        sku = "x" if tags[OF_OURS] == str(True) else ""
        if tags[CHECK] == CheckState.DONE and abs(now - mark.seen_at) > late(tags[MARKET], sku):
            return CheckState.OVERDUE
        return tags[CHECK]

    return lambda mark: state(mark) == value


async def _page(app: AppContext, key: str) -> RowPage | None:
    facts = await read_facts(app, key)
    if facts is None:
        return None
    watch = facts.watch
    async with app.store.transaction() as tx:
        cards = await _cards(app, tx, facts)
        prices = await app.ask(tx, HistoryOf(asin=watch.asin, marketplace=watch.marketplace))
        cases = await _cases_card(app, tx, facts)
    return RowPage(
        title=watch.name,
        cards=(*cards, *([cases] if cases else [])),
        charted=spoken(prices.chart) if prices and prices.lines else "",
        thread=facts.cases[0].label if facts.cases else "",
    )


async def _cards(app: AppContext, tx: Transaction, facts: ProductFacts) -> list[Card]:
    """Show what was last seen; where that could not be checked since, say so first."""
    status, last = facts.status, facts.last
    view = await view_context(app, tx)
    if status and last and status.seen_at:
        last = msgspec.structs.replace(last, at=status.seen_at)
    fault = _fault_of(facts.watch.marketplace, await _faults(app))
    why = fault.why if fault else status.failure if status else ""
    failed = []
    if why or last is None:
        result = SourceError(why or tr("It was not checked yet."))
        nobody = frozenset[str]()
        failed = [check_card(facts.watch, result, view, own=nobody, trusted=nobody, watched=True)]
    if last is None:
        return failed
    seen = check_card(
        facts.watch,
        last,
        view,
        own=app.brand.own_sellers,
        trusted=await trusted_in(tx, last),
        watched=True,
        kept=True,
    )
    # What was seen then says nothing of now: it may not stand there as a verdict.
    as_seen = msgspec.structs.replace(
        seen, title=tr("As last seen"), body="", tone=Tone.QUIET, buttons=()
    )
    return [*failed, as_seen] if failed else [seen]


async def _cases_card(app: AppContext, tx: Transaction, facts: ProductFacts) -> Card | None:
    found = await tx.find(AFFECTED, "product", facts.watch.key, limit=CASES_SHOWN, newest=True)
    known = [await tx.get(CASES, on.case) for on in found]
    cases = [case for case in known if case is not None]
    if not cases:
        return None
    view = await case_context(app, tx, cases)
    return Card(
        title=tr("Cases on this product"), fields=tuple(case_line(case, view) for case in cases)
    )


PRODUCTS = BrowseTable(
    name="products",
    title=lambda: tr("Products"),
    columns=product_columns,
    keys=_keys,
    follows=(
        Followed(WATCHES),
        Followed(STATUSES),
        Followed(HISTORIES),
        Followed(AFFECTED, _of_affected),
        Followed(CASES, _of_case),
    ),
    mark=_mark,
    show=_show,
    filters=product_filters,
    judges={CHECK: _check_judge},
    page=_page,
    first="name",
    rank=1,
    empty=lambda: tr("No watched products yet. Type /watch in the channel to add some."),
)
