"""A case's evidence as a list."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import ListPage, counted
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import EvidenceNeed
from bot.features.evidence.models.comparisons import Comparison
from bot.features.evidence.models.items import EvidenceItem

WORST = 5
"""So many faults are shown; the rest is counted."""


def evidence_card(
    case: Case,
    items: Sequence[EvidenceItem],
    wanted: Sequence[EvidenceNeed],
    page: ListPage,
    view: ViewContext,
    *,
    pair: bool = False,
) -> Card:
    """Show what there is, by whom and since when, and what is missing.

    ``pair``: it has photos that can be compared.
    """
    missing = [f"✗ {need.label}" for need in wanted if not need.met]
    button = Button(label="Collect evidence", action="collect", ref=case.key, style=Style.PRIMARY)
    # Only the first page has it, so that every piece of a page has room for its own button.
    first = case.open and page.number == 1
    collect = (button, *((compare_button(case),) if pair else ())) if first else ()
    delete = tuple(
        Button(label=f"Delete {item.label}", action="delete-evidence", ref=item.key)
        for item in items
        if item.here
    )
    if not page.total:
        return Card(
            title=f"{case.label} has no evidence yet",
            body="\n".join(missing),
            buttons=collect,
        )
    return Card(
        title=f"{case.label}: {counted(page.total, 'piece')} of evidence",
        body="\n".join(missing),
        fields=tuple(_line(item, view) for item in items),
        buttons=(
            *collect,
            *delete,
            *page.buttons,
        ),
        footer=page.footer,
    )


def compare_button(case: Case, style: Style = Style.PLAIN) -> Button:
    """Return what starts the comparison of two photos."""
    return Button(label="Mark differences", action="compare", ref=case.key, style=style)


def pair_card(case: Case) -> Card:
    """Offer what to do next with photos of both products."""
    return Card(
        title=f"{case.label}: compare the photos",
        body="Numbered differences on both photos are what a reader of a report looks at first.",
        buttons=(compare_button(case, Style.PRIMARY),),
    )


def grid_card(case: Case, known: Comparison) -> Card:
    """Show two photos under a grid."""
    return Card(
        title=f"{case.label}: compare {known.label}",
        body="Find a difference on both photos, and note its cells, such as C4. Then add it.",
        buttons=(_add_button(case, Style.PRIMARY),),
    )


def marks_card(case: Case, known: Comparison) -> Card:
    """Show two photos with their marks. The words of each difference are in the timeline."""
    number = len(known.differences)
    remove = Button(
        label=f"Remove difference {number}",
        action="remove-difference",
        ref=f"{case.label}/{number}",
    )
    add = () if known.full else (_add_button(case),)
    grid = Button(label="Show grid again", action="show-grid", ref=case.key)
    return Card(
        title=f"{case.label}: {counted(number, 'difference')} between {known.label}",
        body="The numbers are those of the entries above.",
        buttons=(*add, *((remove,) if number else ()), grid),
    )


def _add_button(case: Case, style: Style = Style.PLAIN) -> Button:
    return Button(label="Add difference", action="add-difference", ref=case.key, style=style)


def _line(item: EvidenceItem, view: ViewContext) -> Field:
    by = item.who.name if item.who else "Brandwarden"
    state = f"deleted {view.clock(item.deleted_at)}" if item.deleted_at else item.caption
    told = item.file.told if item.file and item.here else ()
    parts = [part for part in (state, item.boxes_told, *told, by, view.clock(item.at)) if part]
    return field(f"{item.label} {item.kind.label}", " · ".join(parts), wide=True)


def wrong_evidence_card(wrong: Sequence[str]) -> Card:
    """Tell the channel that evidence is not what it was."""
    shown = [field(str(place), one, wide=True) for place, one in enumerate(wrong[:WORST], start=1)]
    more = len(wrong) - len(shown)
    return Card(
        title="Evidence was changed or is missing",
        body="The weekly verification found this. Copy the data as it is now, and find out who can "
        "write to it. Until then, do not file reports with this evidence. To see all problems, run "
        ".venv/bin/python -m bot data check",
        tone=Tone.CRITICAL,
        fields=tuple(shown),
        footer=f"And {more} more." if more > 0 else "",
    )
