"""The card about SKUs that do not fit their products."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Card, Tone
from bot.core.listing import Watch
from bot.core.text import clip, one_line
from bot.core.views.context import ViewContext
from bot.core.views.lists import counted
from bot.features.watchlist.models.skus import SkuCheck, SkuVerdict
from bot.features.watchlist.rules.wanted import LONGEST_SKU

SHOWN = 10
"""So many are named; the rest is counted."""


def sku_card(several: Sequence[tuple[Watch, SkuCheck]], view: ViewContext) -> Card:
    """Tell which SKUs are not used any more, and why."""
    lines = [_line(watch, check) for watch, check in several[:SHOWN]]
    if len(several) > SHOWN:
        lines.append(f"And {counted(len(several) - SHOWN, 'more SKU')}.")
    return Card(
        title=_title([check for _, check in several]),
        body=clip("\n".join(lines), cards.BODY),
        tone=Tone.WARNING,
        footer=f"Correct a SKU: /watch ASIN marketplace sku SKU · {view.clock(view.now)}",
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
            f"SKU {sku} is {check.asin}, not {product}. Correct it with /watch. "
            "Until then, the product is watched by its ASIN."
        )
    return f"Amazon does not know your SKU {sku}, so {product} is watched by its ASIN."
