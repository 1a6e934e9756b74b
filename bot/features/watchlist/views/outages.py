"""Cards about products that cannot be checked, and about SKUs that do not fit theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core import cards
from bot.core.cards import Button, Card, Tone
from bot.core.listing import Watch
from bot.core.text import clip, one_line
from bot.core.views.context import ViewContext
from bot.core.views.lists import counted
from bot.features.watchlist.models.health import Health
from bot.features.watchlist.models.skus import SkuCheck, SkuVerdict
from bot.features.watchlist.rules.wanted import LONGEST_SKU

SHOWN = 10
"""So many are named; the rest is counted."""


def outage_card(
    health: Health, view: ViewContext, since: datetime, until: datetime | None = None
) -> Card:
    """Tell the channel that nobody can look at some products, or that it is over."""
    began = view.clock(since)
    if until is not None:
        return Card(
            title=_over(health),
            body=f"Some products could not be checked from {began} to {view.clock(until)}.",
            tone=Tone.GOOD,
        )
    unchecked = health.unchecked
    why = one_line(unchecked[0][1].failure, 200) if unchecked else ""
    return Card(
        title=f"Could not check {len(unchecked):,} of {health.watched:,} products since {began}",
        body=f"{why or 'They are overdue for a check.'}\nTheir current offers are unknown. "
        "Brandwarden keeps trying, and updates this message when it works again.",
        tone=Tone.WARNING,
        buttons=(Button(label="Unchecked products", action="run", ref="health"),),
    )


def _over(health: Health) -> str:
    if health.unknown:
        return "Brandwarden can again check every watched product that Amazon knows"
    return "Brandwarden can check every watched product again"


def sku_card(several: Sequence[tuple[Watch, SkuCheck]], view: ViewContext) -> Card:
    """Tell which SKUs are not used any more, and why."""
    lines = [_line(watch, check) for watch, check in several[:SHOWN]]
    if len(several) > SHOWN:
        lines.append(f"And {counted(len(several) - SHOWN, 'more SKU')}.")
    return Card(
        title=_title([check for _, check in several]),
        body=clip("\n".join(lines), cards.BODY),
        tone=Tone.WARNING,
        footer="Correct a SKU: /watch ASIN marketplace sku SKU",
        footer_at=view.now,
    )


def _title(checks: Sequence[SkuCheck]) -> str:
    if len(checks) > 1:
        return f"{len(checks):,} SKUs do not match their products"
    sku = one_line(checks[0].sku, LONGEST_SKU)
    if checks[0].verdict is SkuVerdict.OTHER:
        return f"SKU {sku} belongs to another product"
    return f"Amazon does not know your SKU {sku}"


def _line(watch: Watch, check: SkuCheck) -> str:
    sku = one_line(check.sku, LONGEST_SKU)
    product = f"{watch.asin} ({watch.marketplace})"
    if check.verdict is SkuVerdict.OTHER:
        return (
            f"SKU {sku} belongs to {check.asin}, not {product}. Correct it with /watch. "
            "Until then, the product is watched by its ASIN."
        )
    return f"Amazon does not know your SKU {sku}, so {product} is watched by its ASIN."
