"""/watch, /unwatch and /watches."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.app.call import Call, CommandSpec, demand_words, page_number
from bot.app.collections import HISTORIES, STATUSES, WATCHES
from bot.app.scenes import scene_for
from bot.app.wizards import start_wizard
from bot.domain.identifiers import Product, parse_product
from bot.domain.marketplaces import Marketplace, find_marketplace, marketplace
from bot.domain.money import Money, parse_money
from bot.domain.offers import Watch, watch_key
from bot.domain.people import Right
from bot.errors import UserError
from bot.ui.cards import Tone
from bot.ui.interactions import Notice, Post, Reply
from bot.ui.views.lists import PAGE, Page, watches_card

USAGE = "/watch ASIN-or-link [marketplace] [floor] [own SKU]"
WORDS = 4


async def watch(call: Call) -> Sequence[Reply]:
    """Watch a product; without words, ask for them in a form."""
    words = call.words
    if not words:
        return [start_wizard(call, "watch", facts={"home": call.desk.brand.home})]
    demand_words(words, 1, WORDS, USAGE)
    product, market, floor, sku = read_watch(words, call.desk.brand.home)
    return [await add_watch(call, product.asin, market, floor=floor, sku=sku)]


def read_watch(words: list[str], home: str) -> tuple[Product, Marketplace, Money | None, str]:
    """Read what follows /watch; marketplace, floor and SKU may be left out. Raises UserError."""
    product = parse_product(words[0])
    rest = words[1:]
    named = find_marketplace(rest[0]) if rest else None
    if named:
        rest = rest[1:]
    market = named or product.marketplace or marketplace(home)
    floor = parse_money(rest[0], market.currency) if rest else None
    sku = rest[1] if rest[1:] else ""
    if rest[2:]:
        message = f"Type it like this: {USAGE}"
        raise UserError(message)
    return product, market, floor, sku


async def add_watch(
    call: Call,
    asin: str,
    market: Marketplace,
    *,
    floor: Money | None = None,
    sku: str = "",
    units: int | None = None,
) -> Notice:
    """Store the watch, or change what is known of one that is there."""
    known = await call.tx.get(WATCHES, watch_key(market.code, asin))
    if known is None:
        wanted = Watch(
            asin=asin,
            marketplace=market.code,
            floor=floor,
            sku=sku,
            daily_units=units,
            added_by=call.who.name,
            added_at=call.desk.clock(),
        )
    else:
        wanted = msgspec.structs.replace(
            known,
            floor=floor or known.floor,
            sku=sku or known.sku,
            daily_units=units or known.daily_units,
        )
    if wanted == known:
        return Notice(f"{known.name} is watched already; nothing changed.")
    call.tx.put(WATCHES, wanted)
    call.after(lambda: call.checker.follow(wanted))
    verb = "Changed" if known else "Watching"
    limit = f" You hear of every offer below {wanted.floor}." if wanted.floor else ""
    return Notice(f"{verb} {wanted.name} on amazon.{market.domain}.{limit}", Tone.GOOD)


async def unwatch(call: Call) -> Sequence[Reply]:
    """Stop watching a product; its cases stay."""
    demand_words(call.words, 1, 2, "/unwatch ASIN [marketplace]")
    found = await find_watch(call)
    call.tx.delete(WATCHES, found.key)
    call.tx.delete(STATUSES, found.key)
    call.tx.delete(HISTORIES, found.key)
    call.after(lambda: call.checker.forget(found.key))
    return [Notice(f"{found.name} is watched no more. Its cases stay.")]


async def find_watch(call: Call) -> Watch:
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


async def watches(call: Call) -> Sequence[Reply]:
    """List what is watched."""
    number = page_number(call.words)
    found = await call.desk.store.page(WATCHES, limit=PAGE * number)
    rows = [(each, await call.tx.get(STATUSES, each.key)) for each in found[PAGE * (number - 1) :]]
    page = Page(number=number, total=await call.desk.store.count(WATCHES), command="watches")
    return [Post(card=watches_card(rows, page, await scene_for(call.desk, call.tx)))]


COMMANDS = (
    CommandSpec(
        "watch", USAGE, "Watch a product; alone, it asks you in a form.", Right.WATCH, watch
    ),
    CommandSpec(
        "unwatch", "/unwatch ASIN [marketplace]", "Stop watching a product.", Right.UNWATCH, unwatch
    ),
    CommandSpec(
        "watches", "/watches [page]", "What is watched, and is it seen?", Right.READ, watches
    ),
)
