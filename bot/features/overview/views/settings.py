"""The team's settings, and what is announced of a change."""

from __future__ import annotations

from datetime import timedelta

from bot.core.cards import Tone
from bot.core.permissions import Permission, Person
from bot.core.team import Team
from bot.core.undo.models import Act, Image
from bot.core.when import day

ANNOUNCED = timedelta(days=7)
"""So long before it takes effect the team hears that evidence is kept for less time."""

CONFIRMED = {
    None: "someone other than the author, once two people work here",
    True: "someone other than the author",
    False: "anyone on the team",
}


def setting(name: str, team: Team) -> tuple[str, str]:
    """Return what people call a setting, and how it is set."""
    match name:
        case "zone":
            return "Time zone", team.zone
        case "digest":
            return "Daily digest", f"{team.digest_hour:02d}:00"
        case "quiet":
            return "Quiet hours", _quiet(team)
        case "confirm":
            return "Reports are confirmed by", CONFIRMED[team.two_persons]
        case "margin":
            return "Profit margin", "unknown" if team.margin is None else f"{team.margin}%"
        case _:
            return "Evidence of closed cases", _kept(team)


def setting_act(who: Person, name: str, before: Team, after: Team, image: Image) -> Act:
    """Say which setting a person changed, how it was and how it is."""
    label, old = setting(name, before)
    if name == "keep" and after.keep_next_from not in (None, before.keep_next_from):
        return _keep_act(who, after, image)
    return Act(
        title=f"{who.name} changed a setting. {label}: {setting(name, after)[1]}.",
        body=f"Before: {old}.",
        permission=Permission.CONFIGURE,
        images=(image,),
        instead="Type /settings to change it.",
    )


def _keep_act(who: Person, after: Team, image: Image) -> Act:
    when = day(after.keep_next_from, after) if after.keep_next_from else ""
    return Act(
        title=f"Starting {when}, evidence of cases closed more than {after.keep_next} days ago "
        "is deleted.",
        body=f"{who.name} changed how long evidence is kept. Deleted evidence cannot be restored.",
        permission=Permission.CONFIGURE,
        images=(image,),
        instead="Type /settings keep always.",
        tone=Tone.WARNING,
        lasts=ANNOUNCED,
    )


def _quiet(team: Team) -> str:
    if team.quiet_from is None or team.quiet_to is None:
        return "none"
    return f"{team.quiet_from:02d}:00 to {team.quiet_to:02d}:00, except critical alerts"


def _kept(team: Team) -> str:
    kept = _days(team.keep_days)
    if team.keep_next_from is None:
        return kept
    return f"{kept}; starting {day(team.keep_next_from, team)}, it {_days(team.keep_next)}"


def _days(days: int | None) -> str:
    return "is kept" if days is None else f"is deleted after {days} days"
