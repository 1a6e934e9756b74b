"""The quarterly review: its headline, its points, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core import cards
from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.removed_words import Removal
from bot.core.text import clip, one_line
from bot.core.views.context import field
from bot.core.views.lists import counted
from bot.features.checklists.models.decisions import Decision
from bot.features.reviews.models.facts import written
from bot.features.reviews.models.reviews import Point, Review

HEADING = 90
"""Characters of a point's heading in a list."""
DECISIONS = 6
"""Open decisions that a card shows; the rest is counted."""
UNSEEN = 3
"""Sentences about what was not seen that a card shows; the PDF has all."""
DECIDE, LEAVE = "decide", "leave-point"


def review_card(review: Review) -> Card:
    """Show what the quarter came to; its points follow in the thread."""
    return Card(
        title=one_line(_title(review), cards.TITLE),
        body=clip("\n".join(_body(review)), cards.BODY),
        tone=_tone(review),
        fields=tuple(field(label, value) for label, value in review.numbers[: cards.FIELDS]),
        footer=one_line(_footer(review), cards.FOOTER),
    )


def point_card(review: Review, place: int, decision: Decision | None) -> Card:
    """Show a point of a review: what it says, what is proposed, and what became of it."""
    point = review.points[place]
    shown = [field("Proposal", point.propose, wide=True)]
    if point.refs:
        shown.append(field("Related", ", ".join(point.refs), wide=True))
    if decision is not None:
        shown.append(field("Decision", _decided(decision), wide=True))
    if point.left:
        by = f" ({point.left_by.name})" if point.left_by else ""
        shown.append(field("Dismissed", f"{point.left}{by}", wide=True))
    if removal := point.removed or (decision and decision.removed):
        shown.append(field("Text removed", _removed(removal), wide=True))
    ref = point_ref(review, place)
    buttons = (
        Button(label="Decide", action=DECIDE, ref=ref, style=Style.PRIMARY),
        Button(label="Dismiss", action=LEAVE, ref=ref),
    )
    return Card(
        title=one_line(f"{place + 1}. {point.heading}", cards.TITLE),
        body=clip(point.says, cards.BODY),
        tone=_point_tone(point),
        fields=tuple(shown),
        buttons=buttons if point.open else (),
        footer=f"Review of {one_line(review.quarter, 20)}, point {place + 1} of "
        f"{len(review.points)}",
    )


def overview_card(review: Review | None, decisions: Sequence[Decision], today: date) -> Card:
    """Show the last review, its points, and the decisions that are open."""
    draft = Button(label="Review this quarter now", action="run", ref="review now")
    if review is None:
        return Card(
            title="No quarterly review yet",
            body="The first one arrives on the first Monday of next quarter. It shows what went "
            "wrong, and your team decides what to do about it.",
            fields=tuple(_open_ones(decisions, today)),
            buttons=(draft,),
        )
    lines = [_line(place, point) for place, point in enumerate(review.points, start=1)]
    undecided = [place for place, point in enumerate(review.points) if point.open]
    ask = [
        Button(label=f"Decide {place + 1}", action=DECIDE, ref=point_ref(review, place))
        for place in undecided
    ]
    late = any(decision.due < today for decision in decisions)
    return Card(
        title=one_line(_title(review), cards.TITLE),
        body=clip("\n".join(lines or _body(review)), cards.BODY),
        tone=Tone.WARNING if undecided or late else Tone.INFO,
        fields=tuple(_open_ones(decisions, today)),
        buttons=(*ask, draft),
        footer=one_line(_footer(review), cards.FOOTER),
    )


def point_ref(review: Review, place: int) -> str:
    """Return what a button says of a point: the review's key and the point's number."""
    return f"{review.key}-{place + 1}"


def _title(review: Review) -> str:
    name = f"Review of {review.quarter}"
    if not review.points:
        return f"{name}: no weaknesses found"
    number = len(review.points)
    return f"{name}: {counted(number, 'weakness') if number == 1 else f'{number} weaknesses'}"


def _body(review: Review) -> list[str]:
    lines = []
    if review.points:
        lines.append("Decide each point in the thread, or dismiss it and say why.")
    else:
        lines.append("No weaknesses found in what was checked.")
    lines += [f"• {one_line(each, 300)}" for each in review.unseen[:UNSEEN]]
    if len(review.unseen) > UNSEEN:
        more = counted(len(review.unseen) - UNSEEN, "more gap")
        lines.append(f"and {more} like these")
    if review.file is None and review.removed is not None:
        lines.append(f"The text and PDF were removed: {_removed(review.removed)}")
    elif review.file is None:
        lines.append("There is no PDF: it could not be created.")
    return lines


def _point_tone(point: Point) -> Tone:
    if not point.open:
        return Tone.QUIET if point.left else Tone.GOOD
    return Tone.CRITICAL if point.urgent else Tone.WARNING


def _tone(review: Review) -> Tone:
    if any(point.urgent and point.open for point in review.points):
        return Tone.CRITICAL
    if review.undecided:
        return Tone.WARNING
    # A quarter in which nobody looked is no good quarter.
    return Tone.GOOD if review.points else Tone.INFO


def _footer(review: Review) -> str:
    period = f"{written(review.since)} to {written(review.until)}"
    if not review.points:
        return period
    done = len(review.points) - review.undecided
    return f"{period} · {done} of {len(review.points)} decided"


def _line(number: int, point: Point) -> str:
    state = "to decide" if point.open else "dismissed" if point.left else "decided"
    return f"{number}. {one_line(point.heading, HEADING)} · {state}"


def _decided(decision: Decision) -> str:
    return f"{decision.text} ({decision.owner.name}, due {written(decision.due)})"


def _removed(removal: Removal) -> str:
    return f"{removal.why} ({removal.who.name}, {written(removal.at.date())})"


def _open_ones(decisions: Sequence[Decision], today: date) -> list[Field]:
    shown = [
        field(
            f"D-{decision.number}, {_until(decision, today)}",
            f"{decision.owner.name}: {decision.text}",
            wide=True,
        )
        for decision in decisions[:DECISIONS]
    ]
    if len(decisions) > DECISIONS:
        shown.append(field("Open decisions", f"and {len(decisions) - DECISIONS} more", wide=True))
    return shown


def _until(decision: Decision, today: date) -> str:
    return f"{'overdue since' if decision.due < today else 'due'} {written(decision.due)}"
