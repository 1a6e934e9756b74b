"""The button that asks what to keep of a seller."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.starting import start_flow
from bot.core.identifiers import parse_seller
from bot.core.interactions import Reply
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.features.cases.collections import SELLER_NOTES
from bot.features.cases.flows.seller_note import SELLER_NOTE, SellerNoteForm
from bot.features.cases.views.seller_rows import WRITE


async def write(ctx: RequestContext) -> Sequence[Reply]:
    """Ask, with what is kept filled in."""
    seller = parse_seller(ctx.text)
    known = await ctx.tx.get(SELLER_NOTES, seller)
    form = SellerNoteForm(
        subject=seller,
        home=ctx.app.brand.home,
        nickname=known.nickname if known else "",
        price=str(known.agreed) if known and known.agreed else "",
        note=known.note if known else "",
    )
    return [start_flow(ctx, SELLER_NOTE, form)]


CLICKS = (ClickSpec(WRITE, Permission.WORK_CASES, write),)
