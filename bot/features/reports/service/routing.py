"""What the router has to know: the seller to the team, the right, and earlier reports."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.amazon_retail import amazon_itself
from bot.core.context import AppContext
from bot.core.store import Transaction
from bot.features.cases.models.cases import Case
from bot.features.reports.models.routes import Answers
from bot.features.reports.rules.inputs import ReportInput
from bot.features.reports.rules.routing import best_right, validity_of
from bot.features.reports.service.gathering import allowed_on, rights
from bot.features.rights.collections import BRAND_RIGHTS
from bot.features.rights.models import BrandRight
from bot.features.watchlist.collections import SELLERS


class KnownSeller(msgspec.Struct, frozen=True, kw_only=True):
    """Who the case's seller is to the team."""

    allowed: tuple[str, ...] = ()
    """ASINs on which they are authorized."""
    lawful: tuple[str, ...] = ()
    """ASINs on which the team decided that they are a lawful reseller."""
    amazon: bool = False
    """They are Amazon itself, as far as we know."""


async def known_seller(
    app: AppContext, tx: Transaction, case: Case, asins: Sequence[str]
) -> KnownSeller:
    """Tell who the case's seller is to the team, on these products."""
    known = await tx.get(SELLERS, case.seller) if case.seller else None
    amazon = amazon_itself(case.seller, case.marketplace)
    return KnownSeller(
        allowed=tuple([a for a in asins if await allowed_on(app, tx, case.seller, [a])]),
        lawful=tuple(a for a in asins if known and known.left_alone_on(a)),
        amazon=amazon is not None and amazon.sure,
    )


async def answers_of(
    app: AppContext, tx: Transaction, case: Case, wanted: ReportInput, right: BrandRight | None
) -> Answers:
    """Return all that decides about the door; the seller does where it may be about them."""
    about = wanted.knows or not wanted.seen.apart
    seller = await known_seller(app, tx, case, wanted.asins or case.asins)
    return Answers(
        seen=wanted.seen,
        marketplace=case.marketplace,
        grounds=wanted.grounds,
        origin=wanted.origin,
        validity=validity_of(right, case.marketplace, app.clock().date()),
        tried=wanted.tried,
        allowed=about and bool(seller.allowed),
        lawful=about and bool(seller.lawful),
        amazon=about and seller.amazon,
    )


async def right_for(
    app: AppContext, tx: Transaction, case: Case, wanted: ReportInput
) -> BrandRight | None:
    """Return the right that the report rests on: the chosen one, else the one worth most."""
    chosen = await tx.get(BRAND_RIGHTS, wanted.right) if wanted.right else None
    if chosen is not None and chosen.kind is wanted.seen.kind:
        return chosen
    today = app.clock().date()
    best = best_right(await rights(app), wanted.seen.kind, case.marketplace, today)
    return await tx.get(BRAND_RIGHTS, best.key) if best is not None else None
