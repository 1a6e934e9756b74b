"""Products as rows of a list."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.core.browse.models import TableCell, TableColumn, TableFilter, TableRow
from bot.core.browse.table import Labels
from bot.core.cards import Tone
from bot.core.forms import Option, options_of
from bot.core.interface import listed, tr, tr_count
from bot.core.money import Money
from bot.core.text import at_word, one_line
from bot.core.views.context import TONES
from bot.features.cases.models.profiles import SellerProfile, seller_called
from bot.features.cases.views.title import point
from bot.features.overview.rules.products import (
    BUY_BOX,
    CASE,
    CHECK,
    MARKET,
    NONE,
    OPEN,
    BoxState,
    CheckState,
    ProductFacts,
    lowest_price,
    our_price,
)
from bot.features.watchlist.views.offers import OffersSeen

NAME = 80
FAILURE = 120
BAD = {CheckState.FAILED, CheckState.OVERDUE, CheckState.UNKNOWN}


class ProductView(msgspec.Struct, frozen=True, kw_only=True):
    """What a row shows besides the product's own facts."""

    own: frozenset[str]
    trusted: frozenset[str]
    profiles: Mapping[str, SellerProfile]
    """Names of sellers, by the profile's key."""
    state: CheckState
    why: str = ""
    """Why it could not be checked."""


def product_columns() -> tuple[TableColumn, ...]:
    """Return the columns of the list."""
    return (
        TableColumn("name", tr("Product")),
        TableColumn("ours", tr("Your price"), number=True),
        TableColumn("lowest", tr("Lowest price"), number=True),
        TableColumn("buy-box", tr("Buy Box")),
        TableColumn("sellers", tr("Sellers"), number=True),
        TableColumn("case", tr("Open case")),
        TableColumn("seen", tr("Last seen")),
        TableColumn("check", tr("Last check"), sortable=False),
    )


def product_filters(labels: Labels) -> tuple[TableFilter, ...]:
    """Return what the list can be narrowed by."""
    cases = (Option(OPEN, tr("With an open case")), Option(NONE, tr("Without a case")))
    return (
        TableFilter(CASE, tr("Case"), cases),
        TableFilter(BUY_BOX, tr("Buy Box"), options_of(BoxState)),
        TableFilter(CHECK, tr("Last check"), options_of(CheckState)),
        TableFilter(
            MARKET,
            tr("Marketplace"),
            tuple(Option(each, one_line(each, 75)) for each in labels(MARKET)),
        ),
    )


def product_row(facts: ProductFacts, view: ProductView) -> TableRow:
    """Show a product: what was last seen of it, and how the latest look went."""
    watch = facts.watch
    return TableRow(
        watch.key,
        (
            TableCell(text=at_word(watch.name, NAME), note=f"{watch.asin} · {watch.marketplace}"),
            _price(our_price(facts.last, view.own)),
            _price(lowest_price(facts.last)),
            _buy_box(facts, view),
            _sellers(facts, view),
            _case(facts),
            TableCell(at=facts.status.seen_at if facts.status else None, text=tr("not yet")),
            _check(view),
        ),
        pictured=True,
    )


def _price(price: Money | None) -> TableCell:
    return TableCell(text=str(price) if price else BoxState.UNKNOWN.said)


def _buy_box(facts: ProductFacts, view: ProductView) -> TableCell:
    last = facts.last
    if last is None or last.holders is None or last.empty:
        return TableCell(text=BoxState.UNKNOWN.said)
    if not last.holders:
        return TableCell(text=BoxState.NOBODY.said, tone=Tone.WARNING)
    seen = OffersSeen(last, view.own, view.trusted)
    first = sorted(last.holders, key=lambda each: (each not in view.own, each))
    named = [_holder(each, facts, view, seen) for each in first]
    return TableCell(
        text=listed(*named), tone=Tone.WARNING if seen.strangers & {*last.holders} else None
    )


def _holder(seller: str, facts: ProductFacts, view: ProductView, seen: OffersSeen) -> str:
    if seller in view.own:
        return BoxState.OURS.said
    key = SellerProfile.key_of(facts.watch.marketplace, seller)
    profile = view.profiles.get(key)
    return seller_called(seller, profile) if profile else seen.who(seller)


def _sellers(facts: ProductFacts, view: ProductView) -> TableCell:
    if facts.last is None or facts.last.empty:
        return TableCell(text=BoxState.UNKNOWN.said)
    seen = OffersSeen(facts.last, view.own, view.trusted)
    count, strangers = len(seen.sellers), len(seen.strangers)
    return TableCell(
        text=tr("at least {count}", count=count) if facts.last.unlisted else f"{count:,}",
        note=tr_count(strangers, "{count} unknown", "{count} unknown") if strangers else "",
        tone=Tone.WARNING if strangers else None,
    )


def _case(facts: ProductFacts) -> TableCell:
    if not facts.cases:
        return TableCell(text=tr("none"))
    worst, more = facts.cases[0], len(facts.cases) - 1
    return TableCell(
        text=f"{worst.label} · {point(worst)}",
        note=tr("and {count} more", count=f"{more:,}") if more else "",
        tone=TONES[worst.severity],
        row=("cases", worst.key),
        thread=worst.label,
    )


def _check(view: ProductView) -> TableCell:
    tone = Tone.WARNING if view.state in BAD else None
    return TableCell(text=view.state.said, note=one_line(view.why, FAILURE), tone=tone)
