"""The analysis of attacks, made of what is stored, and its pictures."""

from __future__ import annotations

import asyncio
from zoneinfo import ZoneInfo

import msgspec

from bot.core.cards import Card
from bot.core.charts import Chart
from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.team import Team
from bot.features.attacks.rules.analysis import WEEKS, Analysis, analyse, needed_since
from bot.features.attacks.service.incidents import incidents
from bot.features.attacks.views import trends, words
from bot.features.attacks.views.attacks import PRODUCTS, SOURCES, trend_tone
from bot.features.attacks.views.charts import attack_charts
from bot.features.cases.service.profiles import profile_of
from bot.features.watchlist.collections import WATCHES

ATTACKS = "attacks"
"""The name of the pictures."""


class AttackOverview(msgspec.Struct, frozen=True):
    """What a card about attacks has to know."""

    analysis: Analysis
    names: dict[str, str]
    """Of the products that are hit most and watched in the home marketplace."""
    team: Team


async def look_at_attacks(app: AppContext, weeks: int = WEEKS) -> AttackOverview:
    """Analyse the attacks of so many weeks; others have their turn meanwhile."""
    team, now = await app.team(), app.clock()
    zone = ZoneInfo(team.zone)
    known = await incidents(app, needed_since(now, zone, weeks))
    analysis = await asyncio.to_thread(analyse, known, now, zone, weeks)
    names = {}
    for each in analysis.products[:PRODUCTS]:
        watch = await app.store.get(WATCHES, Watch.key_of(app.brand.home, each.name))
        if watch is not None:
            names[each.name] = watch.name
    analysis = msgspec.structs.replace(analysis, called=await _called(app, analysis))
    return AttackOverview(analysis, names, team)


async def _called(app: AppContext, analysis: Analysis) -> dict[str, str]:
    """Return what the storefronts of the sources that a card names are called, as far as known."""
    sources = [
        *(each.name for each in analysis.sources[:SOURCES]),
        *(each.name for each in analysis.strangers[:SOURCES]),
        *(each.source for each in analysis.campaigns),
        *(each.source for each in analysis.habits),
    ]
    found = {}
    for source in dict.fromkeys(sources):
        profile = await profile_of(app.store, app.brand.home, source)
        if profile is not None:
            found[source] = profile.name
    return found


async def attack_pictures(app: AppContext, _: str = "") -> tuple[Card, tuple[Chart, ...]]:
    """Return the card and its charts: the methods, the sources, the weeks, the hours."""
    analysis = (await look_at_attacks(app)).analysis
    card = Card(title=words.title(analysis), body=trends.trend(analysis), tone=trend_tone(analysis))
    return card, tuple(attack_charts(analysis))
