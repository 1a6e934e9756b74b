"""The first message in a channel."""

from __future__ import annotations

from bot.core.cards import TITLE, Button, Card, Style, Tone
from bot.core.text import one_line


def hello_card(brand: str, advice: str = "") -> Card:
    """Tell a channel that alerts come there from now on; the advice says what to do about it."""
    return Card(
        title="Alerts now appear in this channel",
        body=f"Brandwarden watches the Amazon listings of {brand}. Each alert is posted here as a "
        "card, and everything about it stays in its thread.\n"
        "To get alerts in another channel, type /settings channel here in that channel."
        + (f"\n{advice}" if advice else ""),
        tone=Tone.WARNING if advice else Tone.GOOD,
        buttons=(
            Button(label="Watch a product", action="run", ref="watch", style=Style.PRIMARY),
            Button(label="See commands", action="run", ref="help"),
        ),
    )


def moved_card(channel: str) -> Card:
    """Say in a channel that alerts come to another one from now on."""
    return Card(
        title=one_line(f"Alerts now appear in #{channel}", TITLE),
        body="They are no longer posted here. To get them back, type /settings channel here. "
        "To see who changed it, type /settings history.",
        tone=Tone.WARNING,
    )
