"""A case as its thread's headline, and the entries of its timeline."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.cases import Case, Entry, EntryKind, Signal
from bot.domain.findings import BUY_BOX, SELLER
from bot.ui import cards
from bot.ui.cards import Button, Card, Field, Style, Tone
from bot.ui.text import clip, one_line
from bot.ui.views.scene import TONES, Scene, field

FACTS = 6
COSTS = "Costs us"
"""The label of the fact that says what it costs, as the rules name it."""
LINES = 6


def case_card(case: Case, scene: Scene) -> Card:
    """Show a case: how bad it is first, then the facts, then who works on it."""
    return Card(
        title=one_line(case_title(case), cards.TITLE),
        body=clip("\n".join(_products(case, scene)), cards.BODY),
        tone=_tone(case),
        fields=(*_work(case, scene), *_facts(case, scene)),
        buttons=_buttons(case, scene),
        footer=_footer(case, scene),
    )


def entries_card(case: Case, entries: Sequence[Entry], scene: Scene) -> Card:
    """Show what one look or one step added to the timeline: the worst first, with its facts."""
    worst, *others = sorted(entries, key=_badness, reverse=True)
    return Card(
        title=one_line(worst.text, cards.TITLE),
        body=clip("\n".join(f"• {one_line(each.text, 200)}" for each in others), cards.BODY),
        tone=_entry_tone(worst),
        fields=tuple(scene.field(fact) for fact in worst.facts[:FACTS]),
        footer=f"{case.label} · {scene.clock(worst.at)}",
    )


def case_line(case: Case, scene: Scene) -> Field:
    """Show a case as one line of a list."""
    if not case.open:
        state = f"closed: {case.reason.inside}" if case.reason else "closed"
    elif not case.active:
        state = "quiet"
    else:
        state = case.severity.name.lower()
    owner = case.assignee.name if case.assignee else "nobody yet"
    value = f"{case_title(case)}\n{state} · {owner} · since {scene.clock(case.opened_at)}"
    return field(case.label, value, wide=True)


def timeline_text(entries: list[Entry], scene: Scene, more: int) -> str:
    """Show entries of a timeline, a line each, the oldest first."""
    lines = [f"{scene.clock(entry.at)}  {one_line(entry.text, 160)}" for entry in entries]
    if more:
        lines.insert(0, f"({more} earlier)")
    return clip("\n".join(lines), cards.BODY)


def _entry_tone(entry: Entry) -> Tone:
    if entry.kind in (EntryKind.OPENED, EntryKind.SIGNAL):
        return TONES[entry.severity]
    return Tone.GOOD if entry.kind is EntryKind.ENDED else Tone.QUIET


def _badness(entry: Entry) -> tuple[bool, int]:
    return entry.kind in (EntryKind.OPENED, EntryKind.SIGNAL), entry.severity


def case_title(case: Case) -> str:
    """Say in one line what the case is about now."""
    if _spread(case):
        hit = len({signal.asin for signal in case.active})
        taken = sum(signal.kind == BUY_BOX for signal in case.active)
        boxes = f" and holds the Buy Box of {taken}" if taken else ""
        return f"Seller {case.seller} is on {hit} of your products{boxes}"
    if case.open and case.active:
        return case.active[0].headline
    last = max(case.signals, key=lambda signal: signal.ended_at or signal.since)
    return f"Over for now: {last.headline}" if case.open else f"Closed: {last.headline}"


def _spread(case: Case) -> bool:
    """Tell whether one seller is on several of our products."""
    return case.open and bool(case.seller) and len({signal.asin for signal in case.active}) > 1


def _tone(case: Case) -> Tone:
    if not case.open:
        return Tone.QUIET
    if not case.active:
        return Tone.GOOD
    return TONES[case.severity]


def _products(case: Case, scene: Scene) -> list[str]:
    """Say in a line for each product what goes on there besides the title; what is over is last."""
    going_on = case.active
    told = () if _spread(case) else going_on[:1]
    by_product: dict[str, list[Signal]] = {asin: [] for asin in case.asins}
    for signal in going_on:
        by_product[signal.asin].append(signal)
    lines: list[str] = []
    over: list[str] = []
    for asin, active in by_product.items():
        name = scene.name_of(case.marketplace, asin)
        more = [_brief(signal) for signal in active if signal not in told]
        if more:
            lines.append(f"• {name}: {', '.join(more)}")
        elif not active:
            over.append(f"✓ {name}: over")
    hidden = len(lines) + len(over) - LINES
    shown = (*lines, *over)[:LINES]
    return [*shown, f"and {hidden} more products"] if hidden > 0 else list(shown)


def _brief(signal: Signal) -> str:
    return one_line(signal.brief or signal.headline, 120)


def _facts(case: Case, scene: Scene) -> tuple[Field, ...]:
    signals = case.active or case.signals[-1:]
    if not _spread(case):
        # What is over costs nothing any more.
        true = [
            fact for fact in signals[0].facts if (case.open and case.active) or fact.label != COSTS
        ]
        return tuple(scene.field(fact) for fact in true[:FACTS])
    leading = [signal for signal in signals if signal.kind == signals[0].kind]
    common = [fact for fact in leading[0].facts if all(fact in each.facts for each in leading)]
    loss = case.daily_loss
    costs = (field(COSTS, f"about {loss} a day in all"),) if loss else ()
    return (*(scene.field(fact) for fact in common[:FACTS]), *costs)


def _work(case: Case, scene: Scene) -> list[Field]:
    shown = [field("State", _state(case, scene))]
    if case.assignee:
        shown.append(field("Assigned to", case.assignee.name))
    if case.note:
        shown.append(field("Note", case.note, wide=True))
    return shown


def _state(case: Case, scene: Scene) -> str:
    if not case.open:
        by = case.closed_by.name if case.closed_by else "somebody"
        reason = case.reason.label if case.reason else "no reason given"
        return f"Closed by {by}: {reason}"
    if case.snoozed_until and case.snoozed(scene.now):
        return f"Snoozed until {scene.clock(case.snoozed_until)}"
    if case.acknowledged_by:
        return f"Acknowledged by {case.acknowledged_by.name}"
    return "New: nobody has acknowledged it"


def _footer(case: Case, scene: Scene) -> str:
    parts = [case.label, f"opened {scene.clock(case.opened_at)}"]
    if len(case.asins) > 1:
        parts.append(f"{len(case.asins)} products")
    if case.earlier:
        parts.append(f"seen before in C-{case.earlier}")
    return one_line(" · ".join(parts), cards.FOOTER)


def _buttons(case: Case, scene: Scene) -> tuple[Button, ...]:
    ref = case.key
    links = _links(case, scene)
    if not case.open:
        return (Button(label="Re-open", action="reopen", ref=ref), *links)
    buttons = [
        Button(label="Assign to me", action="assign", ref=ref),
        Button(label="Snooze", action="snooze", ref=ref),
        Button(label="Close", action="close", ref=ref),
        Button(label="Add a note", action="add-note", ref=ref),
    ]
    if case.acknowledged_by is None:
        first = Button(label="Acknowledge", action="acknowledge", ref=ref, style=Style.PRIMARY)
        buttons.insert(0, first)
    if any(signal.kind in (SELLER, BUY_BOX) for signal in case.active) and case.seller:
        trust = Button(label="Authorise seller", action="authorise", ref=ref)
        buttons.append(trust)
    return (*buttons, *links)


def _links(case: Case, scene: Scene) -> list[Button]:
    asin = (case.active or case.signals[-1:])[0].asin
    listing = scene.links.product(case.marketplace, asin, case.seller)
    links = [Button(label="Open the listing", url=listing)]
    if case.seller:
        page = scene.links.seller(case.marketplace, case.seller)
        links.append(Button(label="Seller's page", url=page))
    return links
