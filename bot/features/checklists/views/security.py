"""How well the brand is guarded, with all that the score comes from, and who looks after what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core import cards
from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.interface import tr, tr_count, tr_data
from bot.core.labeled import Duty
from bot.core.team import Team
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import ListPage
from bot.core.when import whole_day
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
            title=tr("No security score yet"),
            body=tr("There are no recurring checklists. The score appears after you answer one."),
            buttons=(_duties(),),
        )
    areas = [
        field(area.said, tr("{got} of {total}", got=points(got), total=of))
        for area, (got, of) in score.areas.items()
    ]
    return Card(
        title=tr("Security score: {percent}/100", percent=score.percent),
        body=clip("\n".join(_costs(score)), cards.BODY),
        tone=Tone.CRITICAL if score.alarms else _tone(score.percent),
        fields=(*_first(score), *areas, *_soon(expiring, view)),
        buttons=(
            Button(label=tr("All items"), action="run", ref="security all"),
            Button(label=tr("Post charts to channel"), action="show-score"),
            _duties(),
            *((_not_ours(set_aside),) if set_aside else ()),
        ),
    )


def parts_card(name: str, parts: Sequence[ScorePart], score: Score, page: ListPage) -> Card:
    """List what the items of an area, or of all, add to the score, and why."""
    return Card(
        title=tr(
            "{part}: {got} of {total} points", part=name, got=points(score.got), total=score.of
        ),
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
        return Card(title=tr("No items are marked 'Not for us'"), tone=Tone.GOOD)
    return Card(
        title=tr_count(
            page.total, "{count} item marked 'Not for us'", "{count} items marked 'Not for us'"
        ),
        body=tr(
            "They do not count toward the score. They come back in a year, or when you ask again."
        ),
        fields=tuple(_said(item, status, view) for item, status in items),
        buttons=(
            *(
                Button(
                    label=at_word(tr("Ask again: {item}", item=tr_data(item.title)), PHONE),
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
        title=tr("Duties"),
        body=said
        or tr(
            "These people answer the checklist items. Items without an owner go to the lead, or "
            "to anyone who is free if there is no lead."
        ),
        tone=Tone.INFO if not free else Tone.WARNING,
        fields=tuple(field(duty.said, _holder(team, duty)) for duty in Duty),
        buttons=tuple(
            Button(
                label=tr("Take over: {duty}", duty=duty.said),
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
    weighed = tr(
        "{got} of {total} points. Each item counts by its weight.",
        got=points(score.got),
        total=score.of,
    )
    lines = [weighed, ""]
    if score.alarms:
        named = one_line(tr("; ").join(map(tr_data, score.alarms)), 2 * TWO_LINES)
        lines = [
            tr("Capped at {cap} while an alarm is open: {items}", cap=CAP, items=named),
            *lines,
        ]
    costly = score.costly
    if not costly:
        return [*lines, tr("Everything is done, and nothing has expired.")]
    lines.append(tr("Biggest gaps:"))
    lines += [f"-{points(part.lost)} · {_named(part)}" for part in costly[:COSTLY]]
    if len(costly) > COSTLY:
        more = Score(tuple(costly[COSTLY:]))
        rest = tr_count(len(more.parts), "{count} more item", "{count} more items")
        lines.append(f"-{points(more.of - more.got)} · {rest}")
    return lines


def _named(part: ScorePart) -> str:
    item = one_line(tr_data(part.title), TWO_LINES)
    return tr("{item} ({why})", item=item, why=part.why)


def _first(score: Score) -> tuple[Field, ...]:
    """Name the few items that matter before all others, as long as they are not done."""
    if not score.first:
        return ()
    lines = [f"✗ {_named(part)}" for part in score.first]
    return (field(tr("Do these first"), "\n".join(lines), wide=True),)


def _soon(expiring: Sequence[tuple[datetime, Item]], view: ViewContext) -> tuple[Field, ...]:
    if not expiring:
        return ()
    lines = [
        tr("{day}: {item}", day=whole_day(view.team.local(at)), item=tr_data(item.title))
        for at, item in expiring[:SOON]
    ]
    if len(expiring) > SOON:
        lines.append(tr("and {more} more", more=len(expiring) - SOON))
    return (field(tr("Expires within 30 days"), "\n".join(lines), wide=True),)


def _part(part: ScorePart) -> Field:
    sign = "✓" if not part.lost else "✗"
    # The value, not the label, has room for a whole title.
    got = tr("{got} of {total}", got=points(part.got), total=part.weight)
    title = one_line(tr_data(part.title), TWO_LINES)
    return field(f"{sign} {got}", f"{title}\n{part.why}", wide=True)


def _said(item: Item, status: ItemStatus, view: ViewContext) -> Field:
    by = status.who.name if status.who else tr("Someone")
    if status.expires_at:
        day = whole_day(view.team.local(status.expires_at))
        by = tr("{name}, comes back {day}", name=by, day=day)
    return field(by, tr_data(item.title), wide=True)


def _holder(team: Team, duty: Duty) -> str:
    own = team.duties.get(duty.value)
    if own is not None:
        return own.name
    holder = team.holder(duty)
    return tr("{name}, as the lead", name=holder.name) if holder else tr("no one")


def _not_ours(number: int) -> Button:
    label = tr("Not for us: {number}", number=number)
    return Button(label=label, action="run", ref="security not-for-us")


def _tone(percent: int) -> Tone:
    if percent >= WELL:
        return Tone.GOOD
    return Tone.INFO if percent >= BADLY else Tone.WARNING


def _duties() -> Button:
    return Button(label=tr("Duties"), action="run", ref="duties")
