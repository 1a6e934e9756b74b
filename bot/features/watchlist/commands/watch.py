"""/watch, /unwatch and /watches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.cards import Tone
from bot.core.collections import AFFECTED, CASES, HISTORIES, STATUSES, WATCHES
from bot.core.flows.starting import start_flow
from bot.core.identifiers import parse_product
from bot.core.interactions import Notice, Post, Reply
from bot.core.listing import Watch, watch_key
from bot.core.marketplaces import find_marketplace, marketplace
from bot.core.money import parse_money
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, Param, RequestContext, demand_words, page_number
from bot.core.views.lists import PAGE, ListPage, watches_card
from bot.errors import UserError
from bot.features.cases.rules import transitions
from bot.features.cases.service.affected import cases_on
from bot.features.cases.service.contexts import scene_for
from bot.features.cases.service.recording import record
from bot.features.watchlist.rules.table import parse_sku
from bot.features.watchlist.service.watching import add_watches

USAGE = "/watch ASIN-or-link [marketplace] [floor] [own SKU]"
NO_FLOOR = "-"
"""Stands in the place of a floor that is to be taken away."""

SIGNS = ("$", "€", "£", "¥")


async def watch(call: RequestContext) -> Sequence[Reply]:
    """Watch a product; without words, ask for them in a form."""
    if not call.words:
        return [start_flow(call, "watch", facts={"home": call.desk.brand.home})]
    wanted = read_watch(call.words, call.desk.brand.home, call.who.name, call.desk.clock())
    return [await add_watch(call, wanted, no_floor=NO_FLOOR in call.words[1:])]


def read_watch(words: list[str], home: str, by: str, now: datetime) -> Watch:
    """Read what follows /watch; marketplace, floor and SKU may be left out. Raises UserError."""
    product = parse_product(words[0])
    rest = words[1:]
    named = find_marketplace(rest[0]) if rest else None
    market = named or product.marketplace or marketplace(home)
    # A price may be written in two words, with its currency before or behind it.
    rest = [word for word in rest[bool(named) :] if word.upper() not in (market.currency, *SIGNS)]
    demand_words(rest, 0, 2, USAGE)
    floor = rest[0] if rest and rest[0] != NO_FLOOR else ""
    return Watch(
        asin=product.asin,
        marketplace=market.code,
        floor=parse_money(floor, market.currency) if floor else None,
        sku=parse_sku(rest[1]) if rest[1:] else "",
        added_by=by,
        added_at=now,
    )


async def add_watch(call: RequestContext, wanted: Watch, *, no_floor: bool = False) -> Notice:
    """Store the watch, or change what is known of one that is there."""
    [added] = await add_watches(call.tx, [wanted], no_floor=no_floor)
    watch = added.watch
    if not added.changed:
        return Notice(f"{watch.name} is watched already; nothing changed.")
    call.after(lambda: call.checker.follow(watch))
    verb = "Changed" if added.before else "Watching"
    limit = f" You hear of every offer below {watch.floor}." if watch.floor else ""
    where = marketplace(watch.marketplace).domain
    return Notice(f"{verb} {watch.name} on amazon.{where}.{limit}", Tone.GOOD)


async def unwatch(call: RequestContext) -> Sequence[Reply]:
    """Stop watching a product; its cases stay."""
    demand_words(call.words, 1, 2, "/unwatch ASIN [marketplace]")
    found = await find_watch(call)
    call.tx.delete(WATCHES, found.key)
    call.tx.delete(STATUSES, found.key)
    call.tx.delete(HISTORIES, found.key)
    await _settle_cases(call, found)
    call.after(lambda: call.checker.forget(found.key))
    return [Notice(f"{found.name} is watched no more. Its cases stay.")]


async def _settle_cases(call: RequestContext, watch: Watch) -> None:
    """End what open cases say of the product: from now on nobody knows."""
    now = call.desk.clock()
    async for found in cases_on(call.desk.store, watch.key):
        case = await call.tx.get(CASES, found.case)
        on = await call.tx.get(AFFECTED, found.key)
        turn = transitions.unwatch(case, on, call.who, now) if case and case.open and on else None
        if case is not None and turn is not None:
            await record(call.desk, call.tx, case, [turn])


async def find_watch(call: RequestContext) -> Watch:
    """Return the watch that the call names.

    Raises:
        UserError: it names no product, or one that is not watched.
    """
    product = parse_product(call.words[0])
    named = marketplace(call.words[1]) if call.words[1:] else product.marketplace
    market = named or marketplace(call.desk.brand.home)
    found = await call.tx.get(WATCHES, watch_key(market.code, product.asin))
    if found is None:
        message = (
            f"{product.asin} is not watched on amazon.{market.domain}. "
            "Type /watches to see what is."
        )
        raise UserError(message)
    return found


async def watches(call: RequestContext) -> Sequence[Reply]:
    """List what is watched."""
    total = await call.desk.store.count(WATCHES)
    page = ListPage.of(page_number(call.words), total, "watches")
    found = await call.desk.store.page(WATCHES, skip=page.start, limit=PAGE)
    rows = [(each, await call.desk.store.get(STATUSES, each.key)) for each in found]
    return [Post(card=watches_card(rows, page, await scene_for(call.desk, call.tx)))]


_PRODUCT = Param("product", "Its ASIN, or the address of its page.", True, "product")
_MARKET = Param("marketplace", "Like US or DE.", suggest="marketplace")

COMMANDS = (
    CommandSpec(
        "watch",
        USAGE,
        "Watch a product; alone, it asks you in a form.",
        Permission.WATCH,
        watch,
        (
            Param("product", "Its ASIN, or the address of its page."),
            _MARKET,
            Param("floor", "Tell me of every offer below this price."),
        ),
    ),
    CommandSpec(
        "unwatch",
        "/unwatch ASIN [marketplace]",
        "Stop watching a product.",
        Permission.UNWATCH,
        unwatch,
        (_PRODUCT, _MARKET),
    ),
    CommandSpec(
        "watches", "/watches [page]", "What is watched, and is it seen?", Permission.READ, watches
    ),
)
