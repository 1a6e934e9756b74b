"""Rows of the router's table on who the seller is to the team."""

from __future__ import annotations

from bot.features.reports.models.observations import Observation
from bot.features.reports.models.routes import RoutingRow
from bot.features.reports.rules.routing_sources import (
    GENUINE,
    INFRINGING,
    LAWYERS,
    PRICE,
    REJECTIONS,
    RESELLER,
    RESOLD,
    SELLER_LISTS,
    TEAM,
    UNSURE,
    ask,
    lawful,
    lawyer,
)

_LEFT_ALONE = RESOLD | UNSURE
_GOODS = frozenset(
    {
        Observation.MATERIAL,
        Observation.USED,
        Observation.VERSION,
        Observation.PARTS,
        Observation.SERIAL,
        Observation.UNSAFE,
        Observation.TRANSPARENCY,
        Observation.TAKEOVER,
    }
)

_AMAZON = "As far as we know, the seller is Amazon itself, so a report form will not help."
_SUPPLY = (
    "Find out who supplies Amazon: you as a vendor, or one of your wholesalers. Resolve it there."
)
_AUTHORIZED = "Your records list this seller as authorized."


SELLERS: tuple[RoutingRow, ...] = (
    # Amazon itself.
    RoutingRow(seen=_LEFT_ALONE, amazon=True, route=lawful(SELLER_LISTS, _AMAZON, _SUPPLY)),
    RoutingRow(
        seen=INFRINGING | _GOODS,
        amazon=True,
        route=lawyer(
            SELLER_LISTS,
            _AMAZON,
            _SUPPLY,
            "If the goods are not yours or differ from what you sell, ask a lawyer what to do.",
        ),
    ),
    # Whom the team authorised.
    RoutingRow(
        seen=UNSURE | GENUINE,
        allowed=True,
        route=lawful(REJECTIONS, _AUTHORIZED, "Reports about authorized sellers get rejected."),
    ),
    RoutingRow(
        seen=INFRINGING | {Observation.MATERIAL},
        allowed=True,
        route=lawyer(
            REJECTIONS,
            f"{_AUTHORIZED} Reports about authorized sellers get rejected.",
            "Check what your agreement allows. Talk to the seller first, then to a lawyer.",
            "If they should not be authorized, type /withdraw SELLER and start over.",
        ),
    ),
    RoutingRow(
        seen=PRICE,
        allowed=True,
        route=lawyer(
            LAWYERS,
            "A minimum price binds only sellers who agreed to it. Check your agreement.",
            "It is a matter of your contract. Amazon's report forms are not for it.",
        ),
    ),
    # Whom the team left alone.
    RoutingRow(
        seen=_LEFT_ALONE,
        lawful=True,
        route=lawful(TEAM, RESELLER),
    ),
    RoutingRow(
        seen=INFRINGING,
        lawful=True,
        route=ask(
            TEAM,
            RESELLER,
            "Ask who decided it, and why. If it was wrong, type /withdraw SELLER and start over.",
        ),
    ),
)
