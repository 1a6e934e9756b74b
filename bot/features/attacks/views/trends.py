"""What changed in attacks since the month before, in sentences: each with its numbers."""

from __future__ import annotations

from bot.core.views.lists import counted
from bot.features.attacks.models import series_label
from bot.features.attacks.rules.analysis import Analysis
from bot.features.attacks.rules.counts import Change
from bot.features.attacks.views.words import day


def trend(analysis: Analysis) -> str:
    """Say what changed since the month before."""
    change = analysis.change
    what = "Attacks and unknown sellers: " if analysis.visits else ""
    if not change.known:
        recent = f"{what}{change.now:,} in the last 28 days"
        return f"{recent}. To show a trend, Brandwarden needs 8 weeks of history."
    both = f"{what}{_months(change)}"
    if change.few:
        why = "too few separate events to tell" if change.once else "too few to tell"
        return f"{both}: {why}."
    if not change.clear:
        return f"{both}: no clear change."
    more = "more" if change.rose else "fewer"
    why = f"{both}: clearly {more}, which is hardly a coincidence."
    return f"{why} {_above_all(analysis)}".rstrip()


def weeks(analysis: Analysis) -> str:
    """Say what changed, and which week to look at."""
    if not analysis.bursts:
        return trend(analysis)
    latest = day(max(burst.monday for burst in analysis.bursts))
    return f"{trend(analysis)} Unusually many in the week of {latest}: find out what caused them."


def _above_all(analysis: Analysis) -> str:
    """Name the method that changed most clearly, if one did."""
    if not analysis.changes:
        return ""
    first = analysis.changes[0]
    label = series_label(first.method) if first.method else ""
    now, before = first.events
    told = counted(now, "event") if first.once else f"{now:,}"
    return f"Biggest change: {label}, {told} now and {before:,} before."


def _months(change: Change) -> str:
    """Say how many events there were in both months, and of how many entries if these are more."""
    now, before = change.events
    recent = counted(now, "event") if change.once else f"{now:,}"
    return (
        f"{recent} in the last 28 days{_entries(change.now, now)}, "
        f"{before:,} in the 28 days before{_entries(change.before, before)}"
    )


def _entries(count: int, events: int) -> str:
    return f" ({count:,} entries)" if count > events else ""
