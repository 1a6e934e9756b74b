"""Many cases: as a list, and as the one card of a burst that the channel sees."""

from __future__ import annotations

from datetime import timedelta

from bot.core.cards import Button, Card, Tone
from bot.core.views.context import TONES, ViewContext
from bot.core.views.lists import ListPage, counted
from bot.core.when import span
from bot.features.cases.models.alert_groups import AlertGroup
from bot.features.cases.models.cases import Case
from bot.features.cases.views.case import case_line
from bot.features.cases.views.context import CaseContext

A_MINUTE = timedelta(minutes=1)


def cases_card(cases: list[Case], which: str, page: ListPage, view: CaseContext) -> Card:
    """Show cases, the newest first."""
    if not page.total:
        body = "Type /cases all to see closed cases too." if which != "all" else ""
        return Card(title=f"No cases ({which})", body=body, tone=Tone.INFO)
    return Card(
        title=f"{counted(page.total, 'case')} ({which})",
        fields=tuple(case_line(case, view) for case in cases),
        buttons=page.buttons,
        footer=page.footer,
    )


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
