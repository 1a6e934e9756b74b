"""What happens when everything was asked about a product to watch."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.engine import FlowSession, Given
from bot.core.identifiers import parse_product
from bot.core.interactions import Reply
from bot.core.listing import Watch
from bot.core.marketplaces import marketplace
from bot.core.money import parse_money
from bot.core.request import RequestContext
from bot.features.watchlist.commands.watch import add_watch
from bot.features.watchlist.rules.table import parse_units


async def finish_watch(ctx: RequestContext, _: FlowSession, given: Given) -> Sequence[Reply]:
    """Watch the product."""
    market = marketplace(str(given["market"]))
    floor = str(given["floor"])
    wanted = Watch(
        asin=parse_product(str(given["product"])).asin,
        marketplace=market.code,
        floor=parse_money(floor, market.currency) if floor else None,
        sku=str(given["sku"]),
        daily_units=parse_units(str(given["units"])),
        added_by=ctx.who.name,
        added_at=ctx.app.clock(),
    )
    return [await add_watch(ctx, wanted)]
