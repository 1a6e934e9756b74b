"""What a case's thread hears, and the timeline as text."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Card, Tone
from bot.core.findings import (
    AMAZON,
    ATTACK,
    BUY_BOX,
    OUTLET,
    OWN_OFFER,
    PRICE_FLOOR,
    SELLER,
)
from bot.core.interface import tr, tr_count, tr_noted
from bot.core.text import CUT, clip, one_line
from bot.core.views.context import TONES, ViewContext
from bot.core.views.lists import counted
from bot.features.cases.models.cases import Case, Entry, EntryKind
from bot.features.cases.views.case import LINES, case_title
from bot.features.cases.views.facts import FACTS
from bot.features.cases.views.sellers import said_fact
from bot.features.cases.views.title import entry_line, entry_title


def entries_card(case: Case, entries: Sequence[Entry], view: ViewContext) -> Card:
    """Show what one look or one step added to the timeline: the worst first, with its facts."""
    worst, *others = sorted(entries, key=_badness, reverse=True)
    title = entry_title(case, worst, view)
    lines = [f"• {entry_line(each, worst)}" for each in others[:LINES]]
    hidden = others[LINES:]
    if hidden:
        lines.append(_more(hidden))
    if title.endswith(CUT):
        lines.insert(0, tr_noted(worst.text))
    return Card(
        title=title,
        body=clip("\n".join(lines), cards.BODY),
        tone=_entry_tone(worst),
        fields=tuple(view.field(said_fact(fact)) for fact in worst.facts[:FACTS]),
        footer=case.label,
        footer_at=worst.at,
    )


def _more(entries: Sequence[Entry]) -> str:
    """Count entries that are not shown by their products, where each has its own."""
    products = len({entry.asin for entry in entries if entry.asin})
    if products == len(entries):
        return tr_count(products, "and {count} more product", "and {count} more products")
    return tr("and {more} more", more=f"{len(entries):,}")


def gathered_card(case: Case, findings: int, view: ViewContext) -> Card:
    """Say in one message what many findings on a case's products came to."""
    running = sorted(case.tally.active.items(), key=lambda each: (-each[1], each[0]))
    lines = [f"• {_kind(kind)}: {counted(number, 'product')}" for kind, number in running]
    since = f" since {view.clock(case.told_at)}" if case.told_at else ""
    now = "Now:" if lines else "None of these is active now."
    return Card(
        title=case_title(case),
        body=clip("\n".join((f"{findings:,} findings{since}. {now}", *lines)), cards.BODY),
        tone=TONES[case.severity] if case.going_on else Tone.GOOD,
        footer=case.label,
        footer_at=view.now,
    )


_KINDS = {
    SELLER: "Offered by this seller",
    BUY_BOX: "Buy Box lost",
    PRICE_FLOOR: "Below your price floor",
    AMAZON: "Offered by Amazon itself",
    OUTLET: "Sold used by Amazon itself",
    OWN_OFFER: "Your own offer is gone",
    ATTACK: "Attack",
}
"""What goes on, by kind, where its name does not say it."""


def _kind(signal: str) -> str:
    """Say what goes on, above a number of products."""
    return _KINDS.get(signal, signal.replace("-", " ").capitalize())


def timeline_text(entries: list[Entry], view: ViewContext, more: int, earlier: str) -> str:
    """Show entries of a timeline, a line each with its number, the oldest first.

    ``earlier`` shows those before.
    """
    lines = [
        f"{entry.place}. {view.clock(entry.at)}  {one_line(tr_noted(entry.text), 160)}"
        for entry in entries
    ]
    if more:
        lines.insert(0, f"({more} earlier: {earlier})")
    return clip("\n".join(lines), cards.BODY)


def _entry_tone(entry: Entry) -> Tone:
    if entry.kind in (EntryKind.OPENED, EntryKind.SIGNAL):
        return TONES[entry.severity]
    return Tone.GOOD if entry.kind is EntryKind.ENDED else Tone.QUIET


def _badness(entry: Entry) -> tuple[bool, int]:
    return entry.kind in (EntryKind.OPENED, EntryKind.SIGNAL), entry.severity
