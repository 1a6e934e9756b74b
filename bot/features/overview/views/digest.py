"""The digest: what changed, what it costs and what was done, and the worst cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.core import cards
from bot.core.cards import Button, Card, Tone
from bot.core.money import Money
from bot.core.text import clip, one_line
from bot.core.views.lists import counted
from bot.features.cases.models.cases import Case, Entry, EntryKind
from bot.features.cases.views.case import case_line
from bot.features.cases.views.context import CaseContext
from bot.features.overview.models import DigestFacts
from bot.features.watchlist.models.health import Health

WORST = 5
"""So many of the worst are shown; the rest is counted."""
DONE = 3
"""So many of the last things that people did are named."""
ACT = 120
NO_MORE = DigestFacts()


def digest_card(
    opened: Sequence[Case],
    count: int,
    entries: Sequence[Entry],
    health: Health,
    view: CaseContext,
    since: datetime,
    facts: DigestFacts = NO_MORE,
) -> Card:
    """Say how the open cases stand, and what happened since a moment."""
    awake_first = sorted(opened, key=lambda case: (case.snoozed(view.now), -case.severity))
    worst = awake_first[:WORST]
    events = Counter(entry.case for entry in entries)
    quiet = [] if worst else ["Nothing needs your attention."]
    shown = [case_line(case, view, _more(case, events.pop(case.key, 0))) for case in worst]
    lines = [
        *_unseen(health),
        *_changes(entries),
        *_costs(facts.losses),
        *_acts(entries),
        *_uncalled(facts.uncalled, view),
        *_beside(count - len(worst), events),
    ]
    return Card(
        title=f"{counted(count, 'open case')}, {counted(len(entries), 'event')} "
        f"since {view.clock(since)}",
        body=clip("\n".join([*quiet, *lines]), cards.BODY),
        tone=Tone.WARNING if health.unchecked else Tone.INFO,
        fields=tuple(shown),
        buttons=tuple(
            Button(label=f"Open {case.label}", action="run", ref=f"case {case.number}")
            for case in worst
        ),
        footer=" · ".join(
            [
                f"Checked: {health.fresh:,} of {counted(health.watched, 'product')}",
                *([f"Evidence: {facts.vault.short}"] if facts.vault.number else []),
            ]
        ),
    )


def _more(case: Case, events: int) -> str:
    """Say what a case costs, and how much happened to it."""
    loss = case.daily_loss if case.going_on else None
    parts = [f"up to {loss} a day" if loss else "", counted(events, "event") if events else ""]
    return " · ".join(filter(None, parts))


def _changes(entries: Sequence[Entry]) -> list[str]:
    """Count what was seen; what was not is not named."""
    kinds = Counter(entry.kind for entry in entries)
    named = (
        (EntryKind.OPENED, "new case"),
        (EntryKind.SIGNAL, "new finding"),
        (EntryKind.ENDED, "ending"),
    )
    parts = [counted(kinds[kind], word) for kind, word in named if kinds[kind]]
    return [f"Changed: {', '.join(parts)}."] if parts else []


def _costs(losses: Sequence[Money]) -> list[str]:
    """Say what all open cases cost, a currency after the other."""
    return [f"At risk: up to {' and '.join(map(str, losses))} a day in all."] if losses else []


def _acts(entries: Sequence[Entry]) -> list[str]:
    """Name the last things that people did, and count the others."""
    acts = [entry for entry in entries if entry.kind is EntryKind.ACTION and entry.who]
    if not acts:
        return []
    last = [f"• C-{int(entry.case)}: {one_line(entry.text, ACT)}" for entry in acts[-DONE:]]
    hidden = len(acts) - len(last)
    return ["Done:", *last, *([f"and {counted(hidden, 'more step')}."] if hidden else [])]


def _uncalled(held: int, view: CaseContext) -> list[str]:
    """Say for how many alerts on-call was not mentioned because it had been often enough."""
    if not held:
        return []
    most = view.team.calls_a_night
    return [
        f"{counted(held, 'more alert')} stayed unacknowledged at night. On-call is mentioned at "
        f"most {counted(most, 'time')} a night: /settings calls changes that."
    ]


def _unseen(health: Health) -> list[str]:
    """Say first what was not seen, because nothing is known about it."""
    lines = [f"{health.unseen}: type /health."] if health.unseen else []
    return [*lines, *([f"{health.strange}."] if health.strange else [])]


def _beside(cases: int, events: Counter[str]) -> list[str]:
    """Say what else there is besides the cases that are shown."""
    lines = [f"{counted(cases, 'more open case')}: type /cases."] if cases > 0 else []
    if events:
        lines.append(f"{counted(events.total(), 'event')} in {counted(len(events), 'other case')}.")
    return lines
