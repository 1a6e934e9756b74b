"""Many cases at once, as the one card that the channel sees."""

from __future__ import annotations

from datetime import timedelta

from bot.core.cards import Button, Card
from bot.core.views.context import TONES, ViewContext
from bot.core.views.lists import counted
from bot.core.when import span
from bot.features.cases.models.alert_groups import AlertGroup

A_MINUTE = timedelta(minutes=1)


def alert_group_card(wave: AlertGroup, view: ViewContext) -> Card:
    """Say how many cases came in a short time; each is told in this message's thread."""
    return Card(
        title=f"{counted(wave.count, 'more case')} within {_length(wave)}",
        body="They open faster than one can read, so they are gathered in this thread. If you "
        "have just begun to watch these products, authorise the sellers that you know.",
        tone=TONES[wave.worst],
        buttons=(
            Button(label="Show open cases", action="run", ref="cases open"),
            Button(label="Whom you trust", action="run", ref="sellers"),
        ),
        footer=f"Since {view.clock(wave.since)}" if wave.since else "",
    )


def _length(wave: AlertGroup) -> str:
    """Say within how long they came; whole minutes are told, the first one from its start."""
    if wave.since is None or wave.last is None:
        return span(A_MINUTE)
    return span(max(A_MINUTE, wave.last - wave.since))
