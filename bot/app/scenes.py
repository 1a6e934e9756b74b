"""What views need to know, gathered from the store."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.collections import PIECES, WATCHES
from bot.app.desk import Desk
from bot.domain.cases import Case
from bot.domain.evidence.pieces import PIECES_AT_MOST, Need, needs
from bot.domain.offers import Watch, watch_key
from bot.ports import Transaction
from bot.ui.views.scene import Scene


async def scene_for(desk: Desk, tx: Transaction, cases: Sequence[Case] = ()) -> Scene:
    """Return the scene for cards about these cases."""
    keys = {watch_key(case.marketplace, asin) for case in cases for asin in case.asins}
    found = [await tx.get(WATCHES, key) for key in sorted(keys)]
    products: dict[str, Watch] = {watch.key: watch for watch in found if watch}
    return Scene(
        now=desk.clock(),
        team=await desk.team(tx),
        links=desk.links,
        products=products,
        needs={case.key: await _needs(tx, case) for case in cases},
    )


async def _needs(tx: Transaction, case: Case) -> tuple[Need, ...]:
    return needs(await tx.find(PIECES, "case", case.key, limit=PIECES_AT_MOST))
