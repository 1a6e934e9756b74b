"""The first message in a channel."""

from __future__ import annotations

from bot.core.cards import TITLE, Button, Card, Style, Tone
from bot.core.text import one_line


def hello_card(brand: str, advice: str = "") -> Card:
    """Tell a channel that alerts come there from now on; the advice says what to do about it."""
    return Card(
        title="Alerts come to this channel from now on",
        body=f"I watch the Amazon listings of {brand}. When something happens, its card is posted "
        "here, and everything about it stays in its thread.\n"
        "To have alerts elsewhere, type /settings channel here in that channel."
        + (f"\n{advice}" if advice else ""),
        tone=Tone.WARNING if advice else Tone.GOOD,
        buttons=(
            Button(label="Watch a product", action="run", ref="watch", style=Style.PRIMARY),
            Button(label="What you can type", action="run", ref="help"),
        ),
    )


def moved_card(channel: str) -> Card:
    """Say in a channel that alerts come to another one from now on."""
    return Card(
        title=one_line(f"Alerts now come to #{channel}", TITLE),
        body="They no longer come here. To have them here again, type /settings channel here. "
        "/settings history says who changed it.",
        tone=Tone.WARNING,
    )
