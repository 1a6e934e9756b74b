"""The card about the first looks at many new products."""

from __future__ import annotations

from bot.core.cards import Button, Card, Field, Tone
from bot.core.text import one_line
from bot.core.views.context import field
from bot.core.views.lists import counted
from bot.features.watchlist.models.first_looks import LookedAt

SHOWN = 5
"""So many sellers are named; the rest is counted."""
WHY = 160
OPEN_CASES = Button(label="Open cases", action="run", ref="cases")
UNCHECKED = Button(label="Unchecked products", action="run", ref="health")


def first_looks_card(seen: LookedAt) -> Card:
    """Say how many unknown sellers there are, as far as the products were looked at."""
    whole = seen.checked == seen.products
    return Card(
        title=_title(seen),
        body="" if whole or seen.done else "This message is updated until all are checked.",
        tone=Tone.WARNING if seen.strangers or seen.failing else Tone.GOOD if whole else Tone.INFO,
        fields=tuple(_fields(seen)),
        buttons=(
            *((OPEN_CASES,) if seen.strangers else ()),
            *((UNCHECKED,) if seen.failing else ()),
        ),
    )


def _title(seen: LookedAt) -> str:
    found = counted(len(seen.strangers), "unknown seller") if seen.strangers else ""
    if seen.checked == seen.products:
        products = counted(seen.products, "product")
        return f"{products}, {found} now" if found else f"No unknown sellers on {products}"
    part = f"{seen.checked:,} of {counted(seen.products, 'product')}"
    if not seen.checked:
        return f"Could not check {counted(seen.products, 'new product')} yet"
    return f"{part} checked, {found or 'no unknown sellers'} so far"


def _fields(seen: LookedAt) -> list[Field]:
    fields = []
    if seen.strangers:
        lines = [
            f"{one_line(seller, 20)}: {counted(count, 'product')}"
            for seller, count in list(seen.strangers.items())[:SHOWN]
        ]
        if more := len(seen.strangers) - SHOWN:
            lines += [f"and {more:,} more"] if more > 0 else []
        fields.append(field("Unknown sellers", "\n".join(lines), wide=True))
    if seen.failing:
        count, why = sum(seen.failing.values()), next(iter(seen.failing))
        fields.append(field("Could not check", f"{count:,}: {one_line(why, WHY)}", wide=True))
    return fields
