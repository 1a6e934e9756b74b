"""Many cases at once, as the one card that the channel sees."""

from __future__ import annotations

from bot.domain.waves import Wave
from bot.ui.cards import Button, Card
from bot.ui.views.lists import counted
from bot.ui.views.scene import TONES, Scene


def wave_card(wave: Wave, scene: Scene) -> Card:
    """Say how many cases came in a short time; each is told in this message's thread."""
    since = scene.clock(wave.since) if wave.since else "just now"
    return Card(
        title=f"{counted(wave.count, 'more case')} since {since}",
        body="They open faster than one can read, so they are gathered in this thread. If you "
        "have just begun to watch these products, authorise the sellers that you know.",
        tone=TONES[wave.worst],
        buttons=(
            Button(label="Show open cases", action="run", ref="cases open"),
            Button(label="Whom you trust", action="run", ref="sellers"),
        ),
    )
