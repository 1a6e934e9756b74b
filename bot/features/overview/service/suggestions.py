"""What may be meant by what somebody types, for chats that complete it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from itertools import islice

from bot.core import forms
from bot.core.context import AppContext
from bot.core.forms import Option
from bot.core.marketplaces import MARKETPLACES
from bot.core.scanning import each, each_found
from bot.core.text import one_line
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.views.case import case_title
from bot.features.watchlist.collections import SELLERS, WATCHES

Pair = tuple[str, str]
"""A value, and what it is called."""


async def suggest(app: AppContext, kind: str, typed: str) -> list[Option]:
    """Offer up to 25 things of the kind; those whose name begins with what is typed come first."""
    words = typed.strip().lower()
    first: dict[str, str] = {}
    others: dict[str, str] = {}
    if kind in _KINDS:
        async for value, label in _KINDS[kind](app):
            # One product in several marketplaces is offered once.
            if value in first or len(value) > forms.OPTION:
                continue
            if label.lower().startswith(words):
                first[value] = label
            elif len(others) < forms.OPTIONS and words in f"{label} {value}".lower():
                others.setdefault(value, label)
            if len(first) == forms.OPTIONS:
                break
    matching = {**first, **{value: others[value] for value in others if value not in first}}
    shown = islice(matching.items(), forms.OPTIONS)
    return [Option(value, one_line(label, forms.OPTION)) for value, label in shown]


async def _products(app: AppContext) -> AsyncIterator[Pair]:
    async for watch in each(app.store, WATCHES):
        yield watch.asin, f"{watch.name} · {watch.asin}"


async def _cases(app: AppContext) -> AsyncIterator[Pair]:
    async for case in _open_cases(app):
        yield str(case.number), f"{case.label}: {case_title(case)}"


async def _sellers(app: AppContext) -> AsyncIterator[Pair]:
    async for seller in each(app.store, SELLERS):
        yield seller.id, seller.id


async def _strangers(app: AppContext) -> AsyncIterator[Pair]:
    async for case in _open_cases(app):
        if case.seller:
            yield case.seller, f"{case.seller} ({case.label})"


async def _markets(_: AppContext) -> AsyncIterator[Pair]:
    for market in MARKETPLACES:
        yield market.code, f"{market.code} · amazon.{market.domain}"


def _open_cases(app: AppContext) -> AsyncIterator[Case]:
    return each_found(app.store, CASES, "open", value=True, newest=True)


_KINDS: dict[str, Callable[[AppContext], AsyncIterator[Pair]]] = {
    "product": _products,
    "case": _cases,
    "seller": _sellers,
    "stranger": _strangers,
    "marketplace": _markets,
}
