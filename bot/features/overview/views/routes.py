"""Routes, and what is announced of them."""

from __future__ import annotations

from bot.core import cards
from bot.core.cards import Card, Tone
from bot.core.findings import Severity
from bot.core.interface import together, tr
from bot.core.permissions import Permission, Person
from bot.core.routes import AlertRoute
from bot.core.team import Team
from bot.core.text import clip, one_line
from bot.core.undo.models import Act

_NAME = 30
"""Characters of a channel's name: the sentence about its route fits a title."""


def route_words(route: AlertRoute) -> str:
    """Say in a sentence which alerts go where: ``Critical alerts in DE go to #brand-de.``."""
    channel = one_line(route.shown, _NAME)
    market = route.marketplace
    match route.severity, bool(market):
        case Severity.CRITICAL, True:
            return tr(
                "Critical alerts in {market} go to {channel}.", market=market, channel=channel
            )
        case Severity.CRITICAL, False:
            return tr("Critical alerts go to {channel}.", channel=channel)
        case Severity.WARNING, True:
            return tr(
                "Critical alerts and warnings in {market} go to {channel}.",
                market=market,
                channel=channel,
            )
        case Severity.WARNING, False:
            return tr("Critical alerts and warnings go to {channel}.", channel=channel)
    return tr("Alerts in {market} go to {channel}.", market=market, channel=channel)


def routes_card(team: Team) -> Card:
    """List the routes by number, in the order in which they count, and say how to change them."""
    lines = [f"{number}. {route_words(each)}" for number, each in enumerate(team.routes, 1)]
    none = "" if lines else tr("All alerts go to the channel for alerts.")
    how = tr(
        "The first route that matches counts. All other alerts go to the channel for alerts.\n"
        "To add one, type /settings route critical DE here in its channel.\n"
        "To remove one, type /settings route remove 1."
    )
    body = clip("\n".join(filter(None, [*lines, none, how])), cards.BODY)
    return Card(title=tr("Routes"), body=body)


def route_added_act(who: Person, route: AlertRoute, *, is_open: bool) -> Act:
    """Say which alerts go where from now on, and who reads them."""
    readers = tr("Everyone in that channel can read these alerts.")
    anybody = tr("Anyone in the workspace can join it.") if is_open else ""
    press = tr("Only members of the channel for alerts can use the buttons.")
    return Act(
        title=route_words(route),
        body=together(tr("{name} added a route.", name=who.name), readers, anybody, press),
        permission=Permission.CONFIGURE,
        instead=tr("Type /settings route to change it."),
        tone=Tone.WARNING if is_open else Tone.INFO,
    )


def route_removed_act(who: Person, route: AlertRoute) -> Act:
    """Say which alerts go to the channel for alerts again."""
    return Act(
        title=tr("{name} removed a route.", name=one_line(who.name, _NAME)),
        body=together(
            tr("Until now: {value}", value=route_words(route)),
            tr("Open cases stay in the channel where they were opened."),
        ),
        permission=Permission.CONFIGURE,
        instead=tr("Type /settings route to change it."),
    )
