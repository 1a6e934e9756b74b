"""Cards about the team's own affairs: status, digest, settings, help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.domain.cases import Case, Entry
from bot.domain.offers import Watch, WatchStatus
from bot.domain.rooms import Room
from bot.domain.team import Team
from bot.ui import cards
from bot.ui.cards import Button, Card, Style, Tone
from bot.ui.text import clip, one_line
from bot.ui.views.case import case_line
from bot.ui.views.lists import counted, seen
from bot.ui.views.scene import Scene, field
from bot.ui.when import ago

WORST = 6
"""So many of the worst are shown; the rest is counted."""


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How well the products are being seen."""

    watched: int
    fresh: int
    """Seen by the latest try, and not long ago."""
    waiting: int
    """Not looked at yet."""
    failing: list[tuple[Watch, WatchStatus]]
    """Could not be checked, the longest first."""
    overdue: list[tuple[Watch, WatchStatus]] = []
    """Nobody has looked for longer than planned."""
    oldest: WatchStatus | None = None
    """The one whose last look is longest ago."""
    unsent: int = 0
    """Messages that the chat has not taken yet."""
    unsent_why: str = ""


def status_card(health: Health, scene: Scene) -> Card:
    """Say honestly what is seen and what is not."""
    failing = len(health.failing)
    fields = [
        field("Seen", f"{health.fresh:,} of {health.watched:,} products"),
        field("Could not check", f"{failing:,}"),
    ]
    if health.waiting:
        fields.append(field("Not looked at yet", f"{health.waiting:,}"))
    if health.overdue:
        fields.append(field("Overdue", f"{len(health.overdue):,}"))
    if health.oldest and health.oldest.seen_at:
        fields.append(field("Oldest look", ago(health.oldest.seen_at, scene.now)))
    if health.unsent:
        why = f": {health.unsent_why}" if health.unsent_why else ""
        fields.append(field("Messages waiting", f"{health.unsent}{why}"))
    room = cards.FIELDS - len(fields)
    fields += [
        field(watch.name, seen(status, scene), wide=True)
        for watch, status in (*health.failing, *health.overdue)[: min(WORST, room)]
    ]
    return Card(
        title=_health_title(health),
        body=_health_body(health),
        tone=_health_tone(health),
        fields=tuple(fields),
    )


def digest_card(
    opened: Sequence[Case],
    count: int,
    entries: Sequence[Entry],
    health: Health,
    scene: Scene,
    since: datetime,
) -> Card:
    """Say what happened since a moment: first what nobody could see, then the open cases."""
    unseen = health.watched - health.fresh
    lines = [f"{scene.clock(entry.at)}  {one_line(entry.text, 120)}" for entry in entries[-8:]]
    if len(entries) > len(lines):
        lines.insert(0, f"({len(entries) - len(lines)} earlier)")
    if not lines:
        lines = ["Nothing happened that needs you." if not unseen and not count else "No events."]
    if unseen:
        lines.insert(0, f"{counted(unseen, 'product')} could not be seen: type /health.")
    return Card(
        title=f"Since {scene.clock(since)}: {counted(len(entries), 'event')}, "
        f"{counted(count, 'open case')}",
        body=clip("\n".join(lines), cards.BODY),
        tone=Tone.WARNING if unseen else Tone.INFO,
        fields=(
            field("Seen", f"{health.fresh:,} of {health.watched:,} products"),
            *(case_line(case, scene) for case in opened[:WORST]),
        ),
    )


def outage_card(
    health: Health, scene: Scene, since: datetime, until: datetime | None = None
) -> Card:
    """Tell the channel that nobody can look at some products, or that it is over."""
    began = scene.clock(since)
    if until is not None:
        return Card(
            title="Every watched product is seen again",
            body=f"From {began} to {scene.clock(until)} some could not be checked.",
            tone=Tone.GOOD,
        )
    unseen = (*health.failing, *health.overdue)
    why = one_line(unseen[0][1].failure, 200) if unseen else ""
    return Card(
        title=f"Could not check {len(unseen):,} of {health.watched:,} products since {began}",
        body=f"{why or 'Nobody looked at them.'}\nNothing is concluded about their offers. It is "
        "tried again by itself, and this message changes when it works again.",
        tone=Tone.WARNING,
        buttons=(Button(label="What is not seen", action="run", ref="health"),),
    )


def hello_card(brand: str) -> Card:
    """Tell a channel that alerts come there from now on."""
    return Card(
        title="Alerts come to this channel from now on",
        body=f"I watch the Amazon listings of {brand}. When something happens, its card is posted "
        "here, and everything about it stays in its thread.\n"
        "To have alerts elsewhere, type /settings channel here in that channel.",
        tone=Tone.GOOD,
        buttons=(
            Button(label="Watch a product", action="run", ref="watch", style=Style.PRIMARY),
            Button(label="What you can type", action="run", ref="help"),
        ),
    )


def settings_card(team: Team, rooms: Sequence[Room]) -> Card:
    """Show the team's settings, and how to change each."""
    if team.quiet_from is None or team.quiet_to is None:
        quiet = "none"
    else:
        quiet = f"{team.quiet_from:02d}:00 to {team.quiet_to:02d}:00, critical cards excepted"
    return Card(
        title="Settings",
        body="To change them, type for example:\n"
        "/settings zone Europe/Berlin\n"
        "/settings digest 8\n"
        "/settings quiet 22-7, or /settings quiet off\n"
        "/settings channel here",
        fields=(
            *(field(f"Alerts in {room.chat}", _channel(room)) for room in rooms),
            field("Time zone", team.zone),
            field("Daily digest", f"{team.digest_hour:02d}:00"),
            field("Quiet hours", quiet),
        ),
    )


def _channel(room: Room) -> str:
    if not room.channel:
        return "nowhere yet: let me into a channel"
    return f"#{room.name or room.channel}"


def help_card(commands: Sequence[tuple[str, str]]) -> Card:
    """List what can be typed."""
    return Card(
        title="What you can type",
        body=clip("\n".join(f"{usage} · {summary}" for usage, summary in commands), cards.BODY),
        footer="Everything in a thread is a button. Nothing is ever sent to Amazon by itself.",
    )


def _health_title(health: Health) -> str:
    if not health.watched:
        return "Nothing is watched yet"
    if health.failing:
        return f"Could not check {len(health.failing):,} of {health.watched:,} products"
    if health.overdue:
        return f"{len(health.overdue):,} of {health.watched:,} products are overdue for a look"
    if health.waiting:
        return f"Looking: {health.waiting:,} of {health.watched:,} products not seen yet"
    return f"All {health.watched:,} products are seen"


def _health_body(health: Health) -> str:
    if health.failing:
        return "What could not be checked may be fine or not: nobody knows until it is seen again."
    return ""


def _health_tone(health: Health) -> Tone:
    if health.failing or health.overdue or health.unsent_why:
        return Tone.WARNING
    return Tone.INFO if health.waiting or not health.watched else Tone.GOOD
