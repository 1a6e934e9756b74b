"""How well the brand is guarded, with all that the score comes from, and who looks after what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core import cards
from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.labeled import Duty
from bot.core.team import Team
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import ListPage, counted
from bot.features.cases.views.title import PHONE, TWO_LINES
from bot.features.checklists.models.definitions import Item
from bot.features.checklists.models.runs import ItemStatus
from bot.features.checklists.models.score_points import CAP
from bot.features.checklists.rules.score import Score, ScorePart

COSTLY, SOON = 5, 3
"""So many of what costs most, and of what expires soon, are shown."""
WELL, BADLY = 80, 50
"""Points of a hundred from which on the guard stands well, and below which badly."""


def security_card(
    score: Score, expiring: Sequence[tuple[datetime, Item]], set_aside: int, view: ViewContext
) -> Card:
    """Show the score and its parts: what costs most, the areas, and what expires soon."""
    if not score.of:
        return Card(
            title="No security score yet",
            body="There are no recurring checklists. The score appears after you answer one.",
            buttons=(_DUTIES,),
        )
    areas = [field(area.label, f"{points(got)} of {of}") for area, (got, of) in score.areas.items()]
    return Card(
        title=f"Security score: {score.percent}/100",
        body=clip("\n".join(_costs(score)), cards.BODY),
        tone=Tone.CRITICAL if score.alarms else _tone(score.percent),
        fields=(*_first(score), *areas, *_soon(expiring, view)),
        buttons=(
            Button(label="All items", action="run", ref="security all"),
            Button(label="Post charts to channel", action="show-score"),
            _DUTIES,
            *((_not_ours(set_aside),) if set_aside else ()),
        ),
    )


def parts_card(name: str, parts: Sequence[ScorePart], score: Score, page: ListPage) -> Card:
    """List what the items of an area, or of all, add to the score, and why."""
    return Card(
        title=f"{name}: {points(score.got)} of {score.of} points",
        tone=_tone(score.percent),
        fields=tuple(_part(part) for part in parts),
        buttons=page.buttons,
        footer=page.footer,
    )


def not_ours_card(
    items: Sequence[tuple[Item, ItemStatus]], page: ListPage, view: ViewContext
) -> Card:
    """List what the team said is not for it, so that nobody forgets it."""
    if not page.total:
        return Card(title="No items are marked 'Not for us'", tone=Tone.GOOD)
    return Card(
        title=f"{counted(page.total, 'item')} marked 'Not for us'",
        body="They do not count toward the score. They come back in a year, or when you ask again.",
        fields=tuple(_said(item, status, view) for item, status in items),
        buttons=(
            *(
                Button(
                    label=at_word(f"Ask again: {item.title}", PHONE),
                    action="ask-again",
                    ref=status.key,
                )
                for item, status in items
            ),
            *page.buttons,
        ),
        footer=page.footer,
    )


def duties_card(team: Team, said: str = "") -> Card:
    """Show who looks after what, and how to take it."""
    free = [duty for duty in Duty if duty.value not in team.duties]
    return Card(
        title="Duties",
        body=said
        or "These people answer the checklist items. Items without an owner go to the lead, or "
        "to anyone who is free if there is no lead.",
        tone=Tone.INFO if not free else Tone.WARNING,
        fields=tuple(field(duty.label, _holder(team, duty)) for duty in Duty),
        buttons=tuple(
            Button(
                label=f"Take over: {duty.label}",
                action="take-duty",
                ref=duty.value,
                style=Style.PRIMARY if duty in free else Style.PLAIN,
            )
            for duty in Duty
        ),
    )


def points(number: float) -> str:
    """Say points, with a half where there is one."""
    return f"{number:g}"


def _costs(score: Score) -> list[str]:
    """Say what the score comes from, and what costs most."""
    lines = [f"{points(score.got)} of {score.of} points. Each item counts by its weight.", ""]
    if score.alarms:
        named = one_line("; ".join(score.alarms), 2 * TWO_LINES)
        lines = [f"Capped at {CAP} while an alarm is open: {named}", *lines]
    costly = score.costly
    if not costly:
        return [*lines, "Everything is done, and nothing has expired."]
    lines.append("Biggest gaps:")
    lines += [
        f"-{points(part.lost)} · {one_line(part.title, TWO_LINES)} ({part.why})"
        for part in costly[:COSTLY]
    ]
    if len(costly) > COSTLY:
        more = Score(tuple(costly[COSTLY:]))
        lost = points(more.of - more.got)
        lines.append(f"-{lost} · {counted(len(more.parts), 'more item')}")
    return lines


def _first(score: Score) -> tuple[Field, ...]:
    """Name the few items that matter before all others, as long as they are not done."""
    if not score.first:
        return ()
    lines = [f"✗ {one_line(part.title, TWO_LINES)} ({part.why})" for part in score.first]
    return (field("Do these first", "\n".join(lines), wide=True),)


def _soon(expiring: Sequence[tuple[datetime, Item]], view: ViewContext) -> tuple[Field, ...]:
    if not expiring:
        return ()
    lines = [f"{_day(at, view)}: {item.title}" for at, item in expiring[:SOON]]
    if len(expiring) > SOON:
        lines.append(f"and {len(expiring) - SOON} more")
    return (field("Expires within 30 days", "\n".join(lines), wide=True),)


def _part(part: ScorePart) -> Field:
    sign = "✓" if not part.lost else "✗"
    # The value, not the label, has room for a whole title.
    label = f"{sign} {points(part.got)} of {part.weight}"
    return field(label, f"{one_line(part.title, TWO_LINES)}\n{part.why}", wide=True)


def _said(item: Item, status: ItemStatus, view: ViewContext) -> Field:
    by = status.who.name if status.who else "Someone"
    until = f", comes back {_day(status.expires_at, view)}" if status.expires_at else ""
    return field(f"{by}{until}", item.title, wide=True)


def _holder(team: Team, duty: Duty) -> str:
    own = team.duties.get(duty.value)
    if own is not None:
        return own.name
    holder = team.holder(duty)
    return f"{holder.name}, as the lead" if holder else "no one"


def _day(at: datetime, view: ViewContext) -> str:
    local = view.team.local(at)
    return f"{local.day} {local:%b %Y}"


def _not_ours(number: int) -> Button:
    return Button(label=f"Not for us: {number}", action="run", ref="security not-for-us")


def _tone(percent: int) -> Tone:
    if percent >= WELL:
        return Tone.GOOD
    return Tone.INFO if percent >= BADLY else Tone.WARNING


_DUTIES = Button(label="Duties", action="run", ref="duties")
