"""The list of what is watched."""

from __future__ import annotations

from bot.core.cards import Card, Field
from bot.core.listing import Watch, WatchStatus
from bot.core.text import one_line
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import ListPage, counted
from bot.core.when import ago, span


def watches_card(
    rows: list[tuple[Watch, WatchStatus | None]], page: ListPage, view: ViewContext
) -> Card:
    """Show what is watched, and whether each product is seen."""
    if not page.total:
        return Card(
            title="No watched products yet",
            body="Type /watch with an ASIN or a link to a product's page.",
        )
    return Card(
        title=counted(page.total, "watched product"),
        fields=tuple(_watch_line(watch, status, view) for watch, status in rows),
        buttons=page.buttons,
        footer=page.footer,
    )


def _watch_line(watch: Watch, status: WatchStatus | None, view: ViewContext) -> Field:
    parts = [watch.asin, watch.marketplace]
    if watch.floor:
        parts.append(f"floor {watch.floor}")
    if watch.sku:
        parts.append(f"SKU {watch.sku}")
    value = f"{' · '.join(parts)}\n{seen(status, view)}"
    return field(watch.name, value, wide=True)


def seen(status: WatchStatus | None, view: ViewContext) -> str:
    """Say whether a product is seen, and how old the last look is."""
    if status is None or (status.seen_at is None and not status.failure):
        return "not checked yet"
    if status.unknown:
        return "Amazon does not know it. Type /unwatch, or /watch the right one"
    if status.failure:
        since = f" for {span(view.now - status.failing_since)}" if status.failing_since else ""
        last = f"last seen {ago(status.seen_at, view.now)}"
        return f"could not check{since}: {one_line(status.failure, 120)} · {last}"
    return f"checked {ago(status.seen_at, view.now)}"
