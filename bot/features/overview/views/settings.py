"""The team's settings, and what is announced of a change."""

from __future__ import annotations

from datetime import timedelta

from bot.core.cards import Tone
from bot.core.findings import Severity
from bot.core.interface import tr, tr_data
from bot.core.mentions import called
from bot.core.permissions import Permission, Person
from bot.core.team import Team
from bot.core.undo.models import Act, Image
from bot.core.when import day, span

ANNOUNCED = timedelta(days=7)
"""So long before it takes effect the team hears that evidence is kept for less time."""

MENTIONED = {
    Severity.CRITICAL: "critical ones",
    Severity.WARNING: "critical ones and warnings",
    Severity.INFO: "all",
}

CONFIRMED = {
    None: "someone other than the author, once two people work here",
    True: "someone other than the author",
    False: "anyone on the team",
}


def setting(name: str, team: Team) -> tuple[str, str]:
    """Return what people call a setting, and how it is set."""
    shown = {
        "zone": (tr("Time zone"), team.zone),
        "digest": (tr("Daily digest"), f"{team.digest_hour:02d}:00"),
        "quiet": (tr("Quiet hours"), _quiet(team)),
        "confirm": (tr("Reports are confirmed by"), tr_data(CONFIRMED[team.two_persons])),
        "margin": (tr("Profit margin"), _margin(team)),
        "language": (tr("Language"), team.language.label),
        "keep": (tr("Evidence of closed cases"), _kept(team)),
        "oncall": (tr("On call"), called(team.oncall) or tr("no one")),
        "mention": (tr("Alerts that mention"), _mentions(team)),
        "escalate": (tr("Escalated"), _escalated(team)),
        "remind": (tr("Assignees are reminded"), _reminded(team)),
        "calls": (tr("Mentions a night"), tr("at most {count}", count=team.calls_a_night)),
    }
    return shown[name]


CALLING = ("oncall", "mention", "escalate", "calls", "remind")
"""Settings that belong together: whom an alert calls."""


def calling_words(team: Team) -> str:
    """Say in a few lines whom an alert calls."""
    lines = [setting(name, team) for name in CALLING]
    return "\n".join(tr("{label}: {value}", label=label, value=value) for label, value in lines)


def _mentions(team: Team) -> str:
    least = team.calls_from
    return tr("none") if least is None else tr_data(MENTIONED[least])


def _escalated(team: Team) -> str:
    after = team.escalates_after
    if after is None:
        return tr("never")
    return tr("after {time} without acknowledgment", time=span(after))


def _reminded(team: Team) -> str:
    if team.remind is None:
        return tr("never")
    return tr("after {time} without an update", time=span(timedelta(hours=team.remind)))


def setting_act(who: Person, name: str, before: Team, after: Team, image: Image) -> Act:
    """Say which setting a person changed, how it was and how it is."""
    label, old = setting(name, before)
    if name == "keep" and after.keep_next_from not in (None, before.keep_next_from):
        return _keep_act(who, after, image)
    return Act(
        title=tr(
            "{name} changed a setting. {label}: {value}.",
            name=who.name,
            label=label,
            value=setting(name, after)[1],
        ),
        body=tr("Before: {value}.", value=old),
        permission=Permission.CONFIGURE,
        images=(image,),
        instead=tr("Type /settings to change it."),
    )


def _keep_act(who: Person, after: Team, image: Image) -> Act:
    when = day(after.keep_next_from, after) if after.keep_next_from else ""
    return Act(
        title=tr(
            "Starting {when}, evidence of cases closed more than {days} days ago is deleted.",
            when=when,
            days=after.keep_next,
        ),
        body=tr(
            "{name} changed how long evidence is kept. Deleted evidence cannot be restored.",
            name=who.name,
        ),
        permission=Permission.CONFIGURE,
        images=(image,),
        instead=tr("Type /settings keep always."),
        tone=Tone.WARNING,
        lasts=ANNOUNCED,
    )


def _quiet(team: Team) -> str:
    if team.quiet_from is None or team.quiet_to is None:
        return tr("none")
    return tr(
        "{begin}:00 to {end}:00, except critical alerts",
        begin=f"{team.quiet_from:02d}",
        end=f"{team.quiet_to:02d}",
    )


def _margin(team: Team) -> str:
    return tr("unknown") if team.margin is None else f"{team.margin}%"


def _kept(team: Team) -> str:
    if team.keep_next_from is None:
        if team.keep_days is None:
            return tr("is kept")
        return tr("is deleted after {days} days", days=team.keep_days)
    # To keep more takes effect at once, so what is announced is always a number of days.
    coming = {"when": day(team.keep_next_from, team), "next": team.keep_next}
    if team.keep_days is None:
        return tr("is kept; starting {when}, it is deleted after {next} days", **coming)
    return tr(
        "is deleted after {days} days; starting {when}, it is deleted after {next} days",
        days=team.keep_days,
        **coming,
    )
