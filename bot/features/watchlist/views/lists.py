"""The lists of what is watched, and of the sellers whom the team trusts."""

from __future__ import annotations

from bot.core import cards
from bot.core.cards import Button, Card, Field
from bot.core.listing import Watch, WatchStatus
from bot.core.team import Team
from bot.core.text import one_line
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import ListPage, counted
from bot.core.when import ago, day_of, span
from bot.features.watchlist.models.sellers import Seller
from bot.features.watchlist.views.conditions import conditions_of
from bot.features.watchlist.views.trust import products


def watches_card(
    rows: list[tuple[Watch, WatchStatus | None]],
    page: ListPage,
    view: ViewContext,
    *,
    conditions: bool = False,
) -> Card:
    """Show what is watched, and whether each product is seen.

    ``conditions``: somebody looks for offers that are not new.
    """
    if not page.total:
        return Card(
            title="No watched products yet",
            body="Type /watch with an ASIN or a link to a product's page, or /watch all for all "
            "products of your Amazon account.",
        )
    return Card(
        title=counted(page.total, "watched product"),
        fields=tuple(
            _watch_line(watch, status, view, conditions=conditions) for watch, status in rows
        ),
        buttons=page.buttons,
        footer=page.footer,
    )


def _watch_line(
    watch: Watch, status: WatchStatus | None, view: ViewContext, *, conditions: bool
) -> Field:
    parts = [watch.asin, watch.marketplace]
    if watch.floor:
        parts.append(f"floor {watch.floor}")
    if watch.sku:
        parts.append(f"SKU {watch.sku}")
    if conditions or watch.new_only:
        parts.append(conditions_of(watch))
    value = f"{' · '.join(parts)}\n{seen(status, view)}"
    return field(watch.name, value, wide=True)


def seen(status: WatchStatus | None, view: ViewContext) -> str:
    """Say whether a product is seen, and how old the last look is."""
    if status is None or (status.seen_at is None and not status.failure):
        return "not checked yet"
    if status.unknown:
        return "Amazon does not know it. Type /unwatch, or /watch the right product"
    if status.failure:
        since = f" for {span(view.now - status.failing_since)}" if status.failing_since else ""
        last = f"last seen {ago(status.seen_at, view.now)}"
        return f"could not check{since}: {one_line(status.failure, 120)} · {last}"
    return f"checked {ago(status.seen_at, view.now)}"


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
