"""The list of cases."""

from __future__ import annotations

from bot.core.cards import Card, Tone
from bot.core.views.lists import ListPage, counted
from bot.features.cases.models.cases import Case
from bot.features.cases.views.case import case_line
from bot.features.cases.views.context import CaseContext


def cases_card(cases: list[Case], which: str, page: ListPage, view: CaseContext) -> Card:
    """Show cases, the newest first."""
    if not page.total:
        body = "Type /cases all to see closed ones too." if which != "all" else ""
        return Card(title=f"No cases ({which})", body=body, tone=Tone.INFO)
    return Card(
        title=f"{counted(page.total, 'case')} ({which})",
        fields=tuple(case_line(case, view) for case in cases),
        buttons=page.buttons,
        footer=page.footer,
    )
