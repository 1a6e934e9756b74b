"""/check: look at one product now."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.collections import HISTORIES, SELLERS, STATUSES, WATCHES
from bot.core.identifiers import parse_product
from bot.core.interactions import Post, Reply
from bot.core.listing import Snapshot, Watch, watch_key
from bot.core.marketplaces import marketplace
from bot.core.permissions import NEEDED, Permission, can
from bot.core.ports import Reading, Transaction
from bot.core.request import CommandSpec, Param, RequestContext, demand_words
from bot.errors import NotAllowed
from bot.features.cases.service.contexts import scene_for
from bot.features.watchlist.views.product import check_card

USAGE = "/check ASIN-or-link [marketplace]"


async def check(call: RequestContext) -> Sequence[Reply]:
    """Show what was just seen of a product; else look at it now, watched or not."""
    demand_words(call.words, 1, 2, USAGE)
    product = parse_product(call.words[0])
    named = marketplace(call.words[1]) if call.words[1:] else product.marketplace
    market = named or marketplace(call.desk.brand.home)
    known = await call.tx.get(WATCHES, watch_key(market.code, product.asin))
    if known is None and not can(call.role, Permission.WATCH):
        message = (
            f"{product.asin} is not watched on amazon.{market.domain}. Your role can check watched "
            f"products; to check others you need to be {NEEDED[Permission.WATCH].label}."
        )
        raise NotAllowed(message)
    last = None if known is None else await _last(call, known)
    if known is not None and last is not None:
        return [await _shown(call, call.tx, Reading(known, last), watched=True, kept=True)]
    watch = known or Watch(asin=product.asin, marketplace=market.code, added_at=call.desk.clock())
    return call.outside(lambda: _look(call, watch, watched=known is not None))


async def _look(call: RequestContext, watch: Watch, *, watched: bool) -> Sequence[Reply]:
    reading = await call.checker.look_now(watch, f"{call.where.chat} {call.who.id}")
    async with call.desk.store.transaction() as tx:
        return [await _shown(call, tx, reading, watched=watched)]


async def _last(call: RequestContext, watch: Watch) -> Snapshot | None:
    """Return what was last seen of the product, unless that failed or is older than a period."""
    status = await call.tx.get(STATUSES, watch.key)
    history = await call.tx.get(HISTORIES, watch.key)
    if status is None or status.failure or status.seen_at is None:
        return None
    if history is None or history.last is None:
        return None
    age = call.desk.clock() - status.seen_at
    # The history is written when something changes; looks that saw the same are in the status.
    last = msgspec.structs.replace(history.last, at=status.seen_at)
    return last if age < call.checker.period else None


async def _shown(
    call: RequestContext, tx: Transaction, reading: Reading, *, watched: bool, kept: bool = False
) -> Post:
    card = check_card(
        reading.watch,
        reading.result,
        await scene_for(call.desk, tx),
        own=call.desk.brand.own_sellers,
        trusted=await _trusted(tx, reading),
        watched=watched,
        kept=kept,
    )
    return Post(card=card)


async def _trusted(tx: Transaction, reading: Reading) -> frozenset[str]:
    if not isinstance(reading.result, Snapshot):
        return frozenset()
    ids = {offer.seller for offer in reading.result.offers} | set(reading.result.holders or ())
    sellers = [await tx.get(SELLERS, seller) for seller in sorted(ids)]
    return frozenset(
        seller.id for seller in sellers if seller and seller.trusted_on(reading.watch.asin)
    )


COMMANDS = (
    CommandSpec(
        "check",
        USAGE,
        "Look at one product now.",
        Permission.READ,
        check,
        (
            Param("product", "Its ASIN, or the address of its page.", True, "product"),
            Param("marketplace", "Like US or DE.", suggest="marketplace"),
        ),
    ),
)
