"""The card about the first looks at many new products."""

from __future__ import annotations

from bot.core.cards import Button, Card, Field, Tone
from bot.core.interface import tr, tr_count
from bot.core.text import one_line
from bot.core.views.context import field
from bot.features.watchlist.models.first_looks import LookedAt
from bot.features.watchlist.views.listing_words import products

SHOWN = 5
"""So many sellers are named; the rest is counted."""
WHY = 160


def first_looks_card(seen: LookedAt) -> Card:
    """Say how many unknown sellers there are, as far as the products were looked at."""
    whole = seen.checked == seen.products
    going_on = not (whole or seen.done)
    return Card(
        title=_title(seen),
        body=tr("This message is updated until all are checked.") if going_on else "",
        tone=Tone.WARNING if seen.strangers or seen.failing else Tone.GOOD if whole else Tone.INFO,
        fields=tuple(_fields(seen)),
        buttons=(
            *((_open_cases(),) if seen.strangers else ()),
            *((_unchecked(),) if seen.failing else ()),
        ),
    )


def _open_cases() -> Button:
    return Button(label=tr("Open cases"), action="run", ref="cases")


def _unchecked() -> Button:
    return Button(label=tr("Unchecked products"), action="run", ref="health")


def _title(seen: LookedAt) -> str:
    strangers = len(seen.strangers)
    found = tr_count(strangers, "{count} unknown seller", "{count} unknown sellers")
    all_of_them = products(seen.products)
    if seen.checked == seen.products:
        if not strangers:
            return tr("No unknown sellers on {products}", products=all_of_them)
        return tr("{products}, {sellers} now", products=all_of_them, sellers=found)
    if not seen.checked:
        return tr_count(
            seen.products,
            "Could not check {count} new product yet",
            "Could not check {count} new products yet",
        )
    values = {"checked": f"{seen.checked:,}", "products": all_of_them}
    if not strangers:
        return tr("{checked} of {products} checked, no unknown sellers so far", **values)
    return tr("{checked} of {products} checked, {sellers} so far", sellers=found, **values)


def _fields(seen: LookedAt) -> list[Field]:
    fields = []
    if seen.strangers:
        lines = [
            f"{one_line(seller, 20)}: {products(count)}"
            for seller, count in list(seen.strangers.items())[:SHOWN]
        ]
        if (more := len(seen.strangers) - SHOWN) > 0:
            lines.append(tr("and {count} more", count=f"{more:,}"))
        fields.append(field(tr("Unknown sellers"), "\n".join(lines), wide=True))
    if seen.failing:
        count, why = sum(seen.failing.values()), next(iter(seen.failing))
        value = f"{count:,}: {one_line(why, WHY)}" if why else f"{count:,}"
        fields.append(field(tr("Could not check"), value, wide=True))
    return fields
