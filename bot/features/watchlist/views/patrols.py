"""What /health says of questions that are asked beside the offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.cards import Field
from bot.core.marketplaces import REGIONS
from bot.core.patrols import PatrolState, PatrolSubject
from bot.core.text import one_line
from bot.core.views.context import ViewContext, field
from bot.core.when import rough

LABELS = {
    PatrolSubject.PRICES: "Offer counts",
    PatrolSubject.PAGES: "Pages",
    PatrolSubject.LISTINGS: "Listing status",
    PatrolSubject.LONE_LISTINGS: "Unusual SKUs",
    PatrolSubject.CONDITIONS: "Used offers",
    PatrolSubject.APLUS: "A+ content",
}
WHY = 160
SHOWN = 8
"""Questions of which it is said that all is well."""


def is_wrong(state: PatrolState) -> bool:
    """Tell whether a person should look at it: full checks find what offer counts do not show."""
    return state.subject is not PatrolSubject.PRICES and (state.out or bool(state.failing))


def patrol_fields(
    states: Sequence[PatrolState], view: ViewContext, *, login_out: datetime | None = None
) -> list[Field]:
    """Say first what could not be checked, each by itself, and in one field what was.

    ``login_out`` is since when nothing at all may be asked: that is said once, with its reason.
    """
    if states and login_out is not None:
        subjects = dict.fromkeys(LABELS[state.subject] for state in states)
        told = f"Since {view.clock(login_out)}: {', '.join(subjects).lower()}"
        return [field("Not checked either", told, wide=True)]
    several = len({state.region for state in states}) > 1
    well = [state for state in states if not (state.out or state.failing)]
    fields = [
        field(_label(state, several=several), _told(state, view), wide=True)
        for state in states
        if state not in well
    ]
    if well:
        lines = [f"{_label(state, several=several)}: {_told(state, view)}" for state in well]
        fields.append(field("Also checked", "\n".join(lines[:SHOWN]), wide=True))
    return fields


def _label(state: PatrolState, *, several: bool) -> str:
    label = LABELS[state.subject]
    return f"{label}, {REGIONS[state.region]}" if several else label


def _told(state: PatrolState, view: ViewContext) -> str:
    if state.since is not None:
        return f"Could not check since {view.clock(state.since)}: {one_line(state.why, WHY)}"
    told = f"{state.read:,} of {state.products:,}"
    if state.failing:
        return f"{told}. Could not check {state.failing:,}: {one_line(state.why, WHY)}"
    return f"{told}, about every {rough(timedelta(seconds=max(1.0, state.round)))}"
