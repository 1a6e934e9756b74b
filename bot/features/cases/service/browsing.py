"""All cases as a list, and the page about one of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence

from bot.core.browse.arranging import Judge
from bot.core.browse.models import RowMark, RowPage, TableRow
from bot.core.browse.table import BrowseTable, Followed
from bot.core.cards import Card
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.listing import Watch
from bot.core.scanning import each, each_found
from bot.core.store import Transaction
from bot.features.cases.collections import AFFECTED, CASES, ENTRIES, SELLER_PROFILES
from bot.features.cases.models.cases import Case, entry_key
from bot.features.cases.models.events import ReportOfCase
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.rules.browsing import STATE, CaseState, case_mark, has_state
from bot.features.cases.service.contexts import case_context
from bot.features.cases.views.case import case_card
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.rows import case_actions, case_columns, case_filters, case_row
from bot.features.cases.views.timeline import timeline_text
from bot.features.cases.views.title import case_headline
from bot.features.watchlist.collections import WATCHES

ENTRIES_SHOWN = 40
"""Entries of a timeline that a case's page shows."""


async def _keys(app: AppContext) -> AsyncIterator[str]:
    async for case in each(app.store, CASES):
        yield case.key


async def _of_seller(app: AppContext, key: str) -> Iterable[str]:
    profile = await app.store.get(SELLER_PROFILES, key)
    if profile is None:
        return ()
    return [case.key async for case in each_found(app.store, CASES, "seller", profile.seller)]


async def _of_product(app: AppContext, key: str) -> Iterable[str]:
    return [on.case async for on in each_found(app.store, AFFECTED, "product", key)]


async def _mark(app: AppContext, key: str) -> RowMark | None:
    case = await app.store.get(CASES, key)
    if case is None:
        return None
    asin = case.lead.asin if case.lead else ""
    watch = await app.store.get(WATCHES, Watch.key_of(case.marketplace, asin)) if asin else None
    profile = await _profile(app, case)
    return case_mark(case, watch.name if watch else asin, profile.name if profile else "")


async def _profile(app: AppContext, case: Case) -> SellerProfile | None:
    if not case.seller:
        return None
    key = SellerProfile.key_of(case.marketplace, case.seller)
    return await app.store.get(SELLER_PROFILES, key)


async def _show(app: AppContext, keys: Sequence[str]) -> Sequence[TableRow]:
    found = [await app.store.get(CASES, key) for key in keys]
    cases = [case for case in found if case is not None]
    async with app.store.transaction() as tx:
        view = await _view(app, tx, cases)
    return [case_row(case, view) for case in cases]


async def _view(app: AppContext, tx: Transaction, cases: Sequence[Case]) -> CaseContext:
    """Return what rows need to know: less than what cards do, for there are many of them."""
    named = {Watch.key_of(case.marketplace, case.lead.asin) for case in cases if case.lead}
    watches = [await tx.get(WATCHES, key) for key in sorted(named)]
    profiles = [await _profile(app, case) for case in cases]
    reports = [(case.key, await app.ask(tx, ReportOfCase(case))) for case in cases]
    return CaseContext(
        now=app.clock(),
        team=await app.team(tx),
        links=app.links,
        products={watch.key: watch for watch in watches if watch},
        profiles={profile.key: profile for profile in profiles if profile},
        reports={key: report for key, report in reports if report},
    )


async def _state_judge(app: AppContext, value: str) -> Judge | None:
    if value not in set(CaseState):
        return None
    state, now = CaseState(value), app.clock()
    return lambda mark: has_state(mark, state, now)


async def _page(app: AppContext, key: str) -> RowPage | None:
    case = await app.store.get(CASES, key)
    if case is None:
        return None
    async with app.store.transaction() as tx:
        view = await case_context(app, tx, [case])
        last = entry_key(case.key, case.entries + 1)
        latest = await tx.find(
            ENTRIES, "case", case.key, after=last, limit=ENTRIES_SHOWN, newest=True
        )
    more = case.entries - len(latest)
    lines = timeline_text(latest[::-1], view, more, f"/case {case.number} 2")
    return RowPage(
        title=f"{case.label} · {case_headline(case, view)}",
        cards=(case_card(case, view), Card(title=tr("Timeline"), body=lines)),
        thread=case.label,
    )


CASES_TABLE = BrowseTable(
    name="cases",
    title=lambda: tr("Cases"),
    columns=case_columns,
    keys=_keys,
    follows=(
        Followed(CASES),
        Followed(SELLER_PROFILES, _of_seller),
        Followed(WATCHES, _of_product),
    ),
    mark=_mark,
    show=_show,
    filters=case_filters,
    judges={STATE: _state_judge},
    actions=case_actions,
    page=_page,
    first="severity",
    descending=True,
    rank=2,
    empty=lambda: tr("No cases yet."),
)
