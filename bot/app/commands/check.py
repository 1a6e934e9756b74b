"""/check: look at one product now."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.call import Call, CommandSpec, Param, demand_words
from bot.app.collections import SELLERS, WATCHES
from bot.app.scenes import scene_for
from bot.domain.identifiers import parse_product
from bot.domain.marketplaces import marketplace
from bot.domain.offers import Snapshot, Watch, watch_key
from bot.domain.people import Right
from bot.ports import Reading
from bot.ui.interactions import Post, Reply
from bot.ui.views.product import check_card

USAGE = "/check ASIN-or-link [marketplace]"


async def check(call: Call) -> Sequence[Reply]:
    """Look at a product now, watched or not, and show what was seen."""
    demand_words(call.words, 1, 2, USAGE)
    product = parse_product(call.words[0])
    named = marketplace(call.words[1]) if call.words[1:] else product.marketplace
    market = named or marketplace(call.desk.brand.home)
    known = await call.tx.get(WATCHES, watch_key(market.code, product.asin))
    watch = known or Watch(asin=product.asin, marketplace=market.code, added_at=call.desk.clock())
    [reading] = await call.checker.check([watch])
    trusted = await _trusted(call, reading)
    card = check_card(
        watch,
        reading.result,
        await scene_for(call.desk, call.tx),
        own=call.desk.brand.own_sellers,
        trusted=trusted,
        watched=known is not None,
    )
    return [Post(card=card)]


async def _trusted(call: Call, reading: Reading) -> frozenset[str]:
    if not isinstance(reading.result, Snapshot):
        return frozenset()
    ids = {offer.seller for offer in reading.result.offers} | set(reading.result.holders or ())
    sellers = [await call.tx.get(SELLERS, seller) for seller in sorted(ids)]
    return frozenset(
        seller.id for seller in sellers if seller and seller.trusted_on(reading.watch.asin)
    )


COMMANDS = (
    CommandSpec(
        "check",
        USAGE,
        "Look at one product now.",
        Right.READ,
        check,
        (
            Param("product", "Its ASIN, or the address of its page.", True, "product"),
            Param("marketplace", "Like US or DE.", suggest="marketplace"),
        ),
    ),
)
