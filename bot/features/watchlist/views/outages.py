"""The card about products that cannot be checked."""

from __future__ import annotations

from datetime import datetime

from bot.core.cards import Button, Card, Tone
from bot.core.text import one_line
from bot.core.views.context import ViewContext
from bot.features.watchlist.models.health import Health


def outage_card(
    health: Health, view: ViewContext, since: datetime, until: datetime | None = None
) -> Card:
    """Tell the channel that nobody can look at some products, or that it is over."""
    began = view.clock(since)
    if until is not None:
        return Card(
            title=_over(health),
            body=f"From {began} to {view.clock(until)} some products could not be checked.",
            tone=Tone.GOOD,
        )
    unchecked = health.unchecked
    why = one_line(unchecked[0][1].failure, 200) if unchecked else ""
    return Card(
        title=f"Could not check {len(unchecked):,} of {health.watched:,} products since {began}",
        body=f"{why or 'They are overdue for a check.'}\nWhat their offers are now is unknown. "
        "Brandwarden keeps trying, and updates this message when it works again.",
        tone=Tone.WARNING,
        buttons=(Button(label="Unchecked products", action="run", ref="health"),),
    )


def _over(health: Health) -> str:
    if health.unknown:
        return "Every watched product that Amazon knows can be checked again"
    return "Every watched product can be checked again"
