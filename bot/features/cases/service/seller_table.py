"""All sellers with a case, trust or a note as a list, and the page about one of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence

from bot.core.browse.arranging import Judge
from bot.core.browse.models import RowMark, RowPage, TableRow
from bot.core.browse.table import BrowseTable, Followed
from bot.core.cards import Card
from bot.core.context import AppContext, view_context
from bot.core.interface import tr
from bot.core.listing import Watch
from bot.core.scanning import each, each_found
from bot.core.views.lists import PAGE
from bot.features.cases.collections import CASES, SELLER_NOTES, SELLER_PROFILES
from bot.features.cases.rules.seller_rows import (
    TRUST,
    SellerRowFacts,
    TrustState,
    seller_mark,
    trust_state,
)
from bot.features.cases.service.contexts import case_context
from bot.features.cases.views.case import case_line
from bot.features.cases.views.seller_rows import (
    seller_card,
    seller_columns,
    seller_filters,
    seller_row,
)
from bot.features.watchlist.collections import SELLERS, WATCHES


async def _keys(app: AppContext) -> AsyncIterator[str]:
    found = {str(each) for each in await app.store.values(CASES, "seller")}
    found.update([seller.id async for seller in each(app.store, SELLERS)])
    found.update([note.seller async for note in each(app.store, SELLER_NOTES)])
    for seller in sorted(filter(None, found)):
        yield seller


async def _of_case(app: AppContext, key: str) -> Iterable[str]:
    case = await app.store.get(CASES, key)
    return (case.seller,) if case and case.seller else ()


async def _of_profile(_: AppContext, key: str) -> Iterable[str]:
    return (key.partition("-")[2],)


async def _facts(app: AppContext, seller: str) -> SellerRowFacts | None:
    store = app.store
    found = each_found(store, CASES, "seller", seller, newest=True)
    cases = [case async for case in found]
    trust, note = await store.get(SELLERS, seller), await store.get(SELLER_NOTES, seller)
    if not (cases or trust or note):
        return None
    profiles = await store.find(SELLER_PROFILES, "seller", seller, limit=1)
    profile = profiles[0] if profiles else None
    return SellerRowFacts(id=seller, cases=cases, trust=trust, profile=profile, note=note)


async def _mark(app: AppContext, key: str) -> RowMark | None:
    facts = await _facts(app, key)
    return seller_mark(facts) if facts else None


async def _show(app: AppContext, keys: Sequence[str]) -> Sequence[TableRow]:
    found = [await _facts(app, key) for key in keys]
    now = app.clock()
    return [seller_row(facts, await _products(app, facts), now) for facts in found if facts]


async def _products(app: AppContext, facts: SellerRowFacts) -> dict[str, str]:
    """Return the names of the first products on which the seller was seen, by ASIN."""
    market = facts.cases[0].marketplace if facts.cases else app.brand.home
    keys = [Watch.key_of(market, asin) for asin in facts.asins[:2]]
    found = [await app.store.get(WATCHES, key) for key in keys]
    return {watch.asin: watch.name for watch in found if watch}


async def _trust_judge(app: AppContext, value: str) -> Judge | None:
    if value not in set(TrustState):
        return None
    now = app.clock()
    states = {seller.id: trust_state(seller, now) async for seller in each(app.store, SELLERS)}
    return lambda mark: states.get(mark.key, TrustState.NONE) == value


async def _page(app: AppContext, key: str) -> RowPage | None:
    facts = await _facts(app, key)
    if facts is None:
        return None
    async with app.store.transaction() as tx:
        shown = tuple(facts.cases[:PAGE])
        view = await case_context(app, tx, shown)
        card = seller_card(facts, await view_context(app, tx))
    lines = tuple(case_line(case, view) for case in shown)
    cases = (Card(title=tr("Their newest cases"), fields=lines),) if lines else ()
    return RowPage(title=card.title, cards=(card, *cases))


SELLERS_TABLE = BrowseTable(
    name="sellers",
    title=lambda: tr("Sellers"),
    columns=seller_columns,
    keys=_keys,
    follows=(
        Followed(CASES, _of_case),
        Followed(SELLERS),
        Followed(SELLER_NOTES),
        Followed(SELLER_PROFILES, _of_profile),
    ),
    mark=_mark,
    show=_show,
    filters=seller_filters,
    judges={TRUST: _trust_judge},
    page=_page,
    first="cases",
    descending=True,
    rank=3,
    empty=lambda: tr("No sellers yet: they appear with their first case."),
)
