"""Rows of the router's table on who the seller is, and on genuine goods that are resold."""

from __future__ import annotations

from bot.core.labeled import Recommendation
from bot.features.reports.models.observations import Observation
from bot.features.reports.models.routes import Route, RoutingRow, Source
from bot.features.reports.rules.routing_sources import (
    INFRINGING,
    LAW,
    LAWYERS,
    REJECTIONS,
    SELLER_LISTS,
    TEAM,
)

_RESOLD = frozenset({Observation.GENUINE, Observation.PRICE})
_LEFT_ALONE = _RESOLD | {Observation.UNSURE}
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
_UNSURE = frozenset({Observation.UNSURE})
_GENUINE = frozenset({Observation.GENUINE})
_PRICE = frozenset({Observation.PRICE})
_US = frozenset({"US"})

_AMAZON = "As far as we know, the seller is Amazon itself, so a report form will not help."
_SUPPLY = (
    "Find out who supplies Amazon: you as a vendor, or one of your wholesalers. Resolve it there."
)
_AUTHORIZED = "Your records list this seller as authorized."
_NOT_AN_INFRINGEMENT = "Selling without permission is not, by itself, an infringement."
_FIRST_SALE = "Anyone may resell genuine goods that were first sold in this territory."
_REJECTED = "Every rejected report counts against your acceptance rate."
_COUNSEL = "Whether to act is a lawyer's decision. Bring what shows where the goods come from."


def _lawful(source: Source, *reasons: str) -> Route:
    recommendation = Recommendation.LAWFUL
    return Route(recommendation=recommendation, reasons=reasons, source=source, law=source is LAW)


def _lawyer(source: Source, *reasons: str) -> Route:
    recommendation = Recommendation.LAWYER
    return Route(recommendation=recommendation, reasons=reasons, source=source, law=True)


def _ask(source: Source, *reasons: str, law: bool = False) -> Route:
    return Route(recommendation=Recommendation.ASK, reasons=reasons, source=source, law=law)


SELLERS: tuple[RoutingRow, ...] = (
    # Amazon itself.
    RoutingRow(seen=_LEFT_ALONE, amazon=True, route=_lawful(SELLER_LISTS, _AMAZON, _SUPPLY)),
    RoutingRow(
        seen=INFRINGING | _GOODS,
        amazon=True,
        route=_lawyer(
            SELLER_LISTS,
            _AMAZON,
            _SUPPLY,
            "If the goods are not yours or differ from what you sell, ask a lawyer what to do.",
        ),
    ),
    # Whom the team authorised.
    RoutingRow(
        seen=_UNSURE | _GENUINE,
        allowed=True,
        route=_lawful(REJECTIONS, _AUTHORIZED, "Reports about authorized sellers get rejected."),
    ),
    RoutingRow(
        seen=INFRINGING | {Observation.MATERIAL},
        allowed=True,
        route=_lawyer(
            REJECTIONS,
            f"{_AUTHORIZED} Reports about authorized sellers get rejected.",
            "Check what your agreement allows. Talk to the seller first, then to a lawyer.",
            "If they should not be authorized, type /withdraw SELLER and start over.",
        ),
    ),
    RoutingRow(
        seen=_PRICE,
        allowed=True,
        route=_lawyer(
            LAWYERS,
            "A minimum price binds only sellers who agreed to it. Check your agreement.",
            "It is a matter of your contract. Amazon's report forms are not for it.",
        ),
    ),
    # Whom the team left alone.
    RoutingRow(
        seen=_LEFT_ALONE,
        lawful=True,
        route=_lawful(TEAM, "Your team decided that this seller is a lawful reseller."),
    ),
    RoutingRow(
        seen=INFRINGING,
        lawful=True,
        route=_ask(
            TEAM,
            "Your team decided that this seller is a lawful reseller.",
            "Ask who decided it, and why. If it was wrong, type /withdraw SELLER and start over.",
        ),
    ),
)
