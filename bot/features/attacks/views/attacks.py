"""The analysis of attacks as a card, and the list of all incidents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.cards import Button, Card, Field, Tone
from bot.core.labeled import AttackKind
from bot.core.team import Team
from bot.core.views.context import field
from bot.core.views.lists import ListPage, counted
from bot.features.attacks.models import Incident
from bot.features.attacks.rules.analysis import Analysis
from bot.features.attacks.rules.counts import MONTH
from bot.features.attacks.rules.sources import RULE
from bot.features.attacks.views import times, trends, words

METHODS, SOURCES, PRODUCTS, CAMPAIGNS = 4, 3, 3, 2
"""So many of each are named; the rest is counted."""
LIST = Button(label="List attacks", action="run", ref="attacks list")
PICTURES = Button(label="Post charts to channel", action="show-attacks")


def attacks_card(analysis: Analysis, names: Mapping[str, str], team: Team) -> Card:
    """Say what the attacks tell; ``names`` are those of the products."""
    if not analysis.total:
        return Card(
            title=words.title(analysis),
            body="No attacks logged or found. That does not prove there were none. Type /attack "
            "when something happens.",
            buttons=(LIST,),
        )
    return Card(
        title=words.title(analysis),
        body=trends.trend(analysis),
        tone=trend_tone(analysis),
        fields=(
            *_unknown(analysis),
            *_attacks(analysis),
            field("Which products", _products(analysis, names), wide=True),
            field("When", times.when(analysis), wide=True),
            *_campaigns(analysis, team),
        ),
        buttons=(PICTURES, LIST),
        footer=RULE,
    )


def trend_tone(analysis: Analysis) -> Tone:
    """Return how bad it is: more than before, or a campaign lately; fewer is good."""
    lately = analysis.until - MONTH
    campaign = any(each.until > lately for each in analysis.campaigns)
    burst = any(each.monday > lately.date() - timedelta(days=7) for each in analysis.bursts)
    change = analysis.change
    if campaign or burst or (change.clear and change.rose):
        return Tone.WARNING
    return Tone.GOOD if change.clear else Tone.INFO


def incidents_card(incidents: Sequence[Incident], page: ListPage, team: Team) -> Card:
    """List incidents, the newest first."""
    if not page.total:
        body = "Type /attack to log one. Unknown sellers that Brandwarden sees appear here too."
        return Card(title="No attacks yet", body=body)
    return Card(
        title=f"Attacks and unknown sellers: {page.total:,}",
        fields=tuple(_line(each, team) for each in incidents),
        buttons=page.buttons,
        footer=page.footer,
    )


def _unknown(analysis: Analysis) -> list[Field]:
    """Show unknown sellers apart: nobody has decided whether they are lawful."""
    if not analysis.strangers:
        return []
    told = [words.stranger(each, analysis) for each in analysis.strangers[:SOURCES]]
    more = _more(len(analysis.strangers) - SOURCES)
    lines = [words.strangers(analysis), *told, *more]
    return [field("Unknown sellers", "\n".join(lines), wide=True)]


def _attacks(analysis: Analysis) -> list[Field]:
    if not analysis.attacks:
        return []
    return [
        field("How", _methods(analysis), wide=True),
        field("Who", _sources(analysis), wide=True),
    ]


def _methods(analysis: Analysis) -> str:
    """Name the first one with what helps against it, then the others."""
    told = [
        f"{AttackKind(each.name).label}: {each.count:,} of {analysis.attacks:,}"
        for each in analysis.methods[1:METHODS]
    ]
    more = _more(len(analysis.methods) - METHODS)
    return "\n".join([words.methods(analysis), *told, *more])


def _sources(analysis: Analysis) -> str:
    """Say who comes back, and whose they are; what nobody knows comes last."""
    known = sorted(analysis.sources[:SOURCES], key=lambda each: not each.name)
    told = [words.source(each, analysis) for each in known]
    more = _more(len(analysis.sources) - SOURCES)
    return "\n".join([words.sources(analysis), *told, *more])


def _products(analysis: Analysis, names: Mapping[str, str]) -> str:
    """Name the first one with what to do there, then the others."""
    told = [words.product(each, analysis, names) for each in analysis.products[1:PRODUCTS]]
    more = _more(len(analysis.products) - PRODUCTS)
    return "\n".join([words.products(analysis, names), *told, *more])


def _more(count: int) -> list[str]:
    return [f"and {count:,} more"] if count > 0 else []


def _campaigns(analysis: Analysis, team: Team) -> list[Field]:
    """Show each campaign in a field of its own: its numbers want the room."""
    told = words.campaigns(analysis, ZoneInfo(team.zone), CAMPAIGNS)
    if not told:
        return [field("Campaigns", words.no_campaign(analysis), wide=True)]
    fields = [field("Campaign", each, wide=True) for each in told]
    hidden = len(analysis.campaigns) + len(analysis.bursts) - len(told)
    more = f"{counted(hidden, 'more campaign')}. " if hidden else ""
    do = "Find out what started it. If several sources took part, file a report for each."
    if analysis.campaigns:
        do = "Handle each source in one thread. One report can list all its products."
    return [*fields, field("Campaigns", f"{more}{do}", wide=True)]


def _line(incident: Incident, team: Team) -> Field:
    local = team.local(incident.at)
    parts = [f"{words.day(local)} {local.year}", incident.source or words.UNKNOWN]
    if incident.asins:
        parts.append(counted(len(incident.asins), "product"))
    return field(f"{incident.ref} · {incident.label}", " · ".join(parts), wide=True)
