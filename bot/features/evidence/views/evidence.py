"""The cards of evidence: the list, comparisons, failed verification."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.interface import tr, tr_count, tr_noted
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import ListPage
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import EvidenceNeed
from bot.features.evidence.models.comparisons import Comparison
from bot.features.evidence.models.items import EvidenceItem
from bot.features.evidence.models.plans import PlannedBuy
from bot.features.evidence.rules.comparing import RemovalInput
from bot.features.evidence.views.test_buys import next_button

WORST = 5
"""The most faults that a card shows; it counts the rest."""


def evidence_card(
    case: Case,
    items: Sequence[EvidenceItem],
    needed: Sequence[EvidenceNeed],
    page: ListPage,
    view: ViewContext,
    *,
    pair: bool = False,
    buy: PlannedBuy | None = None,
) -> Card:
    """Show what there is, by whom and since when, what is missing, and what is being bought.

    ``pair``: it has photos that can be compared.
    """
    lacks = [f"✗ {need.label}" for need in needed if not need.met]
    bought = [tr("Test buy: {state}", state=buy.state.inside)] if buy else []
    missing = [*bought, *lacks]
    label = tr("Collect evidence")
    button = Button(label=label, action="collect", ref=case.key, style=Style.PRIMARY)
    # Only the first page has it, so that every piece of a page has room for its own button.
    first = case.open and page.number == 1
    plan = next_button(buy) if buy else _plan(case, needed)
    more = (*((compare_button(case),) if pair else ()), *((plan,) if plan else ()))
    collect = (button, *more) if first else ()
    delete = tuple(
        Button(label=tr("Delete {label}", label=item.label), action="delete-evidence", ref=item.key)
        for item in items
        if item.here
    )
    if not page.total:
        return Card(
            title=tr("{case} has no evidence yet", case=case.label),
            body="\n".join(missing),
            buttons=collect,
        )
    return Card(
        title=tr_count(
            page.total,
            "{case}: {count} piece of evidence",
            "{case}: {count} pieces of evidence",
            case=case.label,
        ),
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
    """Return the button that starts the comparison of two photos."""
    return Button(label=tr("Mark differences"), action="compare", ref=case.key, style=style)


def pair_card(case: Case) -> Card:
    """Offer to compare the photos of both products."""
    return Card(
        title=tr("{case}: compare the photos", case=case.label),
        body=tr(
            "Numbered differences on both photos are what a reader of a report looks at first."
        ),
        buttons=(compare_button(case, Style.PRIMARY),),
    )


def grid_card(case: Case, known: Comparison) -> Card:
    """Show two photos under a grid."""
    return Card(
        title=tr("{case}: compare {photos}", case=case.label, photos=known.said),
        body=tr("Find a difference on both photos, and note its cells, such as C4. Then add it."),
        buttons=(_add_button(case, Style.PRIMARY),),
    )


def marks_card(case: Case, known: Comparison) -> Card:
    """Show two photos with their marks. The words of each difference are in the timeline."""
    number = len(known.differences)
    remove = Button(
        label=tr("Remove difference {number}", number=number),
        action="remove-difference",
        ref=RemovalInput.of(case.label, known).written,
    )
    add = () if known.full else (_add_button(case),)
    grid = Button(label=tr("Show grid again"), action="show-grid", ref=case.key)
    return Card(
        title=tr_count(
            number,
            "{case}: {count} difference between {photos}",
            "{case}: {count} differences between {photos}",
            case=case.label,
            photos=known.said,
        ),
        body=tr("The numbers are those of the entries above."),
        buttons=(*add, *((remove,) if number else ()), grid),
    )


def _add_button(case: Case, style: Style = Style.PLAIN) -> Button:
    return Button(label=tr("Add difference"), action="add-difference", ref=case.key, style=style)


def _plan(case: Case, needed: Sequence[EvidenceNeed]) -> Button | None:
    """Offer a plan where a test buy is missing."""
    if all(need.met for need in needed if need.name == "test-buy") or not case.seller:
        return None
    return Button(label=tr("Plan a test buy"), action="plan-test-buy", ref=case.key)


def _line(item: EvidenceItem, view: ViewContext) -> Field:
    by = item.who.name if item.who else "Brandwarden"
    deleted = item.deleted_at and tr("deleted {time}", time=view.clock(item.deleted_at))
    state = deleted or tr_noted(item.caption)
    told = item.file.said if item.file and item.here else ()
    parts = [part for part in (state, item.boxes_said, *told, by, view.clock(item.at)) if part]
    return field(f"{item.label} {item.kind.said}", " · ".join(parts), wide=True)


def wrong_evidence_card(wrong: Sequence[str]) -> Card:
    """Warn the channel that evidence was changed or is missing."""
    shown = [field(str(place), one, wide=True) for place, one in enumerate(wrong[:WORST], start=1)]
    more = len(wrong) - len(shown)
    return Card(
        title=tr("Evidence was changed or is missing"),
        body=tr(
            "The weekly verification found this. Copy the data as it is now, and find out who can "
            "write to it. Until then, do not file reports with this evidence. To see all problems, "
            "run .venv/bin/python -m bot data check"
        ),
        tone=Tone.CRITICAL,
        fields=tuple(shown),
        footer=tr("And {count} more.", count=more) if more > 0 else "",
    )
