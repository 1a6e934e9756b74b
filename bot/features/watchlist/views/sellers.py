"""The list of sellers whom the team trusts."""

from __future__ import annotations

from bot.core import cards
from bot.core.cards import Button, Card, Field
from bot.core.team import Team
from bot.core.text import one_line
from bot.core.views.context import field
from bot.core.views.lists import ListPage, counted
from bot.core.when import day_of
from bot.features.watchlist.models.sellers import Seller
from bot.features.watchlist.views.trust import products


def sellers_card(sellers: list[Seller], page: ListPage, team: Team) -> Card:
    """Show which sellers the team trusts, and where."""
    if not page.total:
        return Card(
            title="No trusted sellers yet",
            body="Press 'Authorize seller' on a case, or type /authorize SELLER [ASIN].",
        )
    withdraw = tuple(
        Button(
            label=one_line(f"Withdraw {seller.id}", cards.BUTTON_LABEL),
            action="run",
            ref=f"withdraw {seller.id}",
        )
        for seller in sellers
    )
    return Card(
        title=counted(page.total, "trusted seller"),
        fields=tuple(_seller_line(seller, team) for seller in sellers),
        buttons=(*withdraw, *page.buttons),
        footer=page.footer,
    )


def _seller_line(seller: Seller, team: Team) -> Field:
    lines = []
    if seller.authorised:
        lines.append(f"authorized on {products(seller.authorised)}")
    if seller.until:
        ends = sorted({day_of(end, team) for end in seller.until.values()})
        lines.append(f"until {ends[0]}" if len(ends) == 1 else f"the first expires {ends[0]}")
    if seller.left_alone:
        lines.append(f"left alone on {products(seller.left_alone)}")
    if seller.by:
        lines.append(f"by {one_line(seller.by.name, 60)}")
    return field(seller.id, " · ".join(lines), wide=True)
