"""Lists in short pages: watches, sellers, cases."""

from __future__ import annotations

import msgspec

from bot.core import cards
from bot.core.cards import Button, Card, Field, Tone
from bot.core.listing import Watch, WatchStatus
from bot.core.text import one_line
from bot.core.views.context import ViewContext, field
from bot.core.when import ago, span
from bot.features.cases.models.cases import Case
from bot.features.cases.views.case import case_line
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller

PAGE = 8
"""Entries on a page: what a phone shows without much scrolling."""


class ListPage(msgspec.Struct, frozen=True, kw_only=True):
    """Which page of how many things; ``command`` shows another page when its number follows."""

    number: int
    total: int
    command: str

    @classmethod
    def of(cls, asked: int, total: int, command: str) -> ListPage:
        """Return the page that was asked for, or the last one there is."""
        last = max(1, -(-total // PAGE))
        return cls(number=min(asked, last), total=total, command=command)

    @property
    def start(self) -> int:
        """How many things come before this page."""
        return PAGE * (self.number - 1)

    @property
    def end(self) -> int:
        """How many things there are with this page."""
        return PAGE * self.number

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Buttons to the neighbouring pages."""
        around = (("Back", self.number - 1), ("Next", self.number + 1))
        return tuple(
            Button(label=label, action="run", ref=f"{self.command} {number}")
            for label, number in around
            if 1 <= number <= self.pages
        )

    @property
    def footer(self) -> str:
        """Say where one is, when there is more than one page."""
        return f"Page {self.number} of {self.pages}" if self.pages > 1 else ""


def watches_card(
    rows: list[tuple[Watch, WatchStatus | None]], page: ListPage, scene: ViewContext
) -> Card:
    """Show what is watched, and whether each product is seen."""
    if not page.total:
        return Card(
            title="Nothing is watched yet",
            body="Type /watch with an ASIN or a link to a product's page.",
        )
    return Card(
        title=f"{counted(page.total, 'product')} watched",
        fields=tuple(_watch_line(watch, status, scene) for watch, status in rows),
        buttons=page.buttons,
        footer=page.footer,
    )


def cases_card(cases: list[Case], which: str, page: ListPage, scene: ViewContext) -> Card:
    """Show cases, the newest first."""
    if not page.total:
        body = "Type /cases all to see closed ones too." if which != "all" else ""
        return Card(title=f"No cases ({which})", body=body, tone=Tone.INFO)
    return Card(
        title=f"{counted(page.total, 'case')} ({which})",
        fields=tuple(case_line(case, scene) for case in cases),
        buttons=page.buttons,
        footer=page.footer,
    )


def sellers_card(sellers: list[Seller], page: ListPage) -> Card:
    """Show whom the team trusts, and where."""
    if not page.total:
        return Card(
            title="No seller is authorised yet",
            body="Press 'Authorise seller' on a case, or type /authorise SELLER [ASIN].",
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
        fields=tuple(_seller_line(seller) for seller in sellers),
        buttons=(*withdraw, *page.buttons),
        footer=page.footer,
    )


def _watch_line(watch: Watch, status: WatchStatus | None, scene: ViewContext) -> Field:
    parts = [watch.asin, watch.marketplace]
    if watch.floor:
        parts.append(f"floor {watch.floor}")
    if watch.sku:
        parts.append(f"SKU {watch.sku}")
    value = f"{' · '.join(parts)}\n{seen(status, scene)}"
    return field(watch.name, value, wide=True)


def seen(status: WatchStatus | None, scene: ViewContext) -> str:
    """Say whether a product is seen, and how old the last look is."""
    if status is None or (status.seen_at is None and not status.failure):
        return "not looked at yet"
    if status.failure:
        since = f" for {span(scene.now - status.failing_since)}" if status.failing_since else ""
        last = f"last seen {ago(status.seen_at, scene.now)}"
        return f"could not check{since}: {one_line(status.failure, 120)} · {last}"
    return f"seen {ago(status.seen_at, scene.now)}"


def _seller_line(seller: Seller) -> Field:
    lines = []
    if seller.authorised:
        lines.append(f"authorised on {_where(seller.authorised)}")
    if seller.left_alone:
        lines.append(f"left alone on {_where(seller.left_alone)}")
    if seller.by:
        lines.append(f"by {one_line(seller.by.name, 60)}")
    return field(seller.id, " · ".join(lines), wide=True)


def _where(asins: tuple[str, ...]) -> str:
    if EVERYWHERE in asins:
        return "all products"
    shown = ", ".join(asins[:4])
    return shown if len(asins) <= 4 else f"{shown} and {len(asins) - 4} more"  # noqa: PLR2004


def counted(number: int, noun: str) -> str:
    """Say how many: ``1 case``, ``2 cases``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
