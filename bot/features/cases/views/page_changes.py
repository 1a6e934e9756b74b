"""What a case's card shows of a page that was changed: each part as it was and as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from bot.core.cards import Button, Field
from bot.core.findings import AT_RISK, FIRST_STEP, PAGE_CHANGES, TO_DO, Fact
from bot.core.interface import tr, tr_data
from bot.core.text import at_word
from bot.core.views.context import field
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.views.context import CaseContext

PARTS = {
    "page-brand": "Brand",
    "page-title": "Title",
    "page-main-image": "Main image",
    "page-family": "Variations",
    "page-bullets": "Bullets",
    "page-description": "Description",
    "page-images": "Other images",
    "page-product-type": "Product type",
    "page-aplus": "A+ content",
}
"""What the parts of a page are called, by the signals that they changed."""
BEFORE, NOW = "Before", "Now"
"""Labels of the facts that hold what a part was, and what it is."""
SHOWN_ELSEWHERE = frozenset({BEFORE, NOW, AT_RISK, FIRST_STEP, TO_DO})
UNREAD = "Could not check"
"""The label of the fact that names what could not be compared."""
SHOWN = 5
"""Parts that a card shows."""
TEXT = 135
"""Characters of what a part was, and of what it is."""


def page_buttons(case: Case, known: Iterable[Affected]) -> list[Button]:
    """Ask first whose doing a change of a page is; who says 'ours' says it of what is shown."""
    if not PAGE_CHANGES & case.tally.active.keys():
        return []
    ref = "/".join(filter(None, (case.key, name_of_changes(known))))
    return [
        Button(label=tr("Not us"), action="page-not-ours", ref=case.key),
        Button(label=tr("It was us"), action="page-ours", ref=ref),
    ]


def name_of_changes(known: Iterable[Affected]) -> str:
    """Return a short name of the changes that go on: others have another one. Empty: none do."""
    marks = sorted(
        f"{signal.kind} {signal.mark}"
        for on in known
        for signal in on.active
        if signal.kind in PAGE_CHANGES
    )
    return hashlib.blake2b("\n".join(marks).encode(), digest_size=4).hexdigest() if marks else ""


def page_fields(case: Case, known: Iterable[Affected], view: CaseContext) -> tuple[Field, ...]:
    """Show the parts that changed, the worst first; nothing where none did."""
    signals = [
        each
        for each in Signal.in_order(known)
        if each.kind in PAGE_CHANGES and (each.active or not case.going_on)
    ]
    if not signals:
        return ()
    parts = [_compared(signal) for signal in signals[:SHOWN]]
    more = len(signals) - SHOWN
    rest = [field(tr("More parts changed"), f"{more:,}")] if more > 0 else []
    besides = [fact for fact in signals[0].facts if fact.label not in SHOWN_ELSEWHERE]
    return (*parts, *rest, *(_beside(fact, view) for fact in besides))


def _compared(signal: Signal) -> Field:
    """Show what a part was above what it is, which every chat and phone shows alike."""
    told = {fact.label: at_word(tr_data(fact.value), TEXT) for fact in signal.facts}
    both = tr("Before: {before}\nNow: {now}", before=told.get(BEFORE, ""), now=told.get(NOW, ""))
    return field(tr_data(PARTS[signal.kind]), both, wide=True)


def _beside(fact: Fact, view: CaseContext) -> Field:
    """Show what else is known; what could not be compared is named part by part."""
    value = ", ".join(map(tr_data, fact.value.split(", "))) if fact.label == UNREAD else fact.value
    said = Fact(tr_data(fact.label), tr_data(value), fact.at)
    return view.field(said)
