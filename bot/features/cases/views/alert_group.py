"""Many cases at once, as the one card that the channel sees."""

from __future__ import annotations

from datetime import timedelta

from bot.core.cards import Button, Card
from bot.core.views.context import TONES, ViewContext
from bot.core.views.lists import counted
from bot.core.when import span
from bot.features.cases.models.alert_groups import AlertGroup

A_MINUTE = timedelta(minutes=1)


def alert_group_card(group: AlertGroup, view: ViewContext) -> Card:
    """Say how many cases came in a short time; each is told in this message's thread."""
    return Card(
        title=f"{counted(group.count, 'more case')} within {_length(group)}",
        body="Cases are opening faster than you can read them, so this thread collects them. If "
        "you just started watching these products, authorize the sellers you know.",
        tone=TONES[group.worst],
        buttons=(
            Button(label="Show open cases", action="run", ref="cases open"),
            Button(label="Trusted sellers", action="run", ref="sellers"),
        ),
        footer=f"Since {view.clock(group.since)}" if group.since else "",
    )


def _length(group: AlertGroup) -> str:
    """Say within how long they came; whole minutes are told, the first one from its start."""
    if group.since is None or group.last is None:
        return span(A_MINUTE)
    return span(max(A_MINUTE, group.last - group.since))
