"""What may be meant by what somebody types, for chats that complete it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from bot.app.collections import CASES, SELLERS, WATCHES
from bot.app.desk import Desk
from bot.domain.marketplaces import MARKETPLACES
from bot.ui import forms
from bot.ui.forms import Option
from bot.ui.text import one_line
from bot.ui.views.case import case_title

LOOKED_THROUGH = 2000
"""Documents among which a match is looked for: a person waits while they type."""


async def suggest(desk: Desk, kind: str, typed: str) -> list[Option]:
    """Offer up to 25 things of the kind; those whose name begins with what is typed come first."""
    words = typed.strip().lower()
    found = await _KINDS[kind](desk) if kind in _KINDS else []
    matching = [option for option in found if words in f"{option.label} {option.value}".lower()]
    matching.sort(key=lambda option: not option.label.lower().startswith(words))
    return matching[: forms.OPTIONS]


async def _products(desk: Desk) -> list[Option]:
    watches = await desk.store.page(WATCHES, limit=LOOKED_THROUGH)
    return _options((watch.asin, f"{watch.name} · {watch.asin}") for watch in watches)


async def _cases(desk: Desk) -> list[Option]:
    cases = await desk.store.find(CASES, "open", value=True, limit=LOOKED_THROUGH, newest=True)
    return _options((str(case.number), f"{case.label}: {case_title(case)}") for case in cases)


async def _sellers(desk: Desk) -> list[Option]:
    sellers = await desk.store.page(SELLERS, limit=LOOKED_THROUGH)
    return _options((seller.id, seller.id) for seller in sellers)


async def _strangers(desk: Desk) -> list[Option]:
    cases = await desk.store.find(CASES, "open", value=True, limit=LOOKED_THROUGH, newest=True)
    return _options((case.seller, f"{case.seller} ({case.label})") for case in cases if case.seller)


async def _markets(_: Desk) -> list[Option]:
    return _options((each.code, f"{each.code} · amazon.{each.domain}") for each in MARKETPLACES)


def _options(pairs: Iterable[tuple[str, str]]) -> list[Option]:
    """Make options; one product in several marketplaces is offered once."""
    return [
        Option(value, one_line(label, forms.OPTION))
        for value, label in dict(pairs).items()
        if len(value) <= forms.OPTION
    ]


_KINDS: dict[str, Callable[[Desk], Awaitable[list[Option]]]] = {
    "product": _products,
    "case": _cases,
    "seller": _sellers,
    "stranger": _strangers,
    "marketplace": _markets,
}
