"""Rows of the router's table on genuine goods that are resold, and on strangers."""

from __future__ import annotations

from bot.core.labeled import Recommendation
from bot.features.reports.models.observations import Grounds, Observation, Origin
from bot.features.reports.models.routes import Route, RoutingRow, Source
from bot.features.reports.rules.routing_sources import (
    BUY_FIRST,
    FALSE_CLAIM,
    IP_POLICY,
    LAW,
    LAWYERS,
    NO_SOURCE,
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


RESALE: tuple[RoutingRow, ...] = (
    RoutingRow(
        seen=_RESOLD,
        grounds=frozenset({Grounds.SUSPICION, Grounds.DIFFERENCES}),
        route=_ask(
            LAWYERS,
            "You don't know yet whether the goods are genuine.",
            "Buy one, check your own records, or ask your dealers which sellers they supply.",
        ),
    ),
    RoutingRow(
        seen=_RESOLD,
        territory=False,
        route=_ask(
            NO_SOURCE,
            "We have no confirmed source on resale in this marketplace's country.",
            "Ask a lawyer there whether such goods may be resold without your permission.",
            law=True,
        ),
    ),
    RoutingRow(
        seen=_GENUINE,
        origin=Origin.INSIDE,
        route=_lawful(LAW, _FIRST_SALE, _NOT_AN_INFRINGEMENT, _REJECTED),
    ),
    RoutingRow(
        seen=_PRICE,
        origin=Origin.INSIDE,
        route=_lawful(
            LAW,
            "Selling below a minimum advertised price is not, by itself, an infringement.",
            _FIRST_SALE,
            _REJECTED,
        ),
    ),
    RoutingRow(
        seen=_RESOLD,
        origin=Origin.OUTSIDE,
        marketplaces=_US,
        route=_lawyer(
            LAW,
            "Genuine goods from abroad may be resold here, unless they differ materially: "
            "in warranty, quality control, packaging or region.",
            _COUNSEL,
        ),
    ),
    RoutingRow(
        seen=_RESOLD,
        origin=Origin.OUTSIDE,
        route=_lawyer(
            IP_POLICY,
            "Genuine goods first sold outside this territory are parallel imports. "
            "Your trademark may stop them.",
            "Amazon's policy names parallel imports, and Amazon has removed some on notice.",
            _COUNSEL,
        ),
    ),
    RoutingRow(
        seen=_RESOLD,
        route=_ask(
            LAW,
            "Where the goods were first sold decides whether they may be resold here.",
            "Look at batch numbers and labels, or buy one. Then start over.",
            law=True,
        ),
    ),
    RoutingRow(
        seen=frozenset({Observation.MATERIAL}),
        route=_lawyer(
            LAW,
            "Resale is not lawful if the goods differ materially: in warranty, quality control, "
            "packaging or region.",
            "Collect proof of the difference first, then ask a lawyer whether it is material.",
        ),
    ),
    RoutingRow(
        seen=_UNSURE,
        grounds=frozenset({Grounds.SUSPICION}),
        route=Route(
            recommendation=Recommendation.COLLECT,
            reasons=(
                "Nothing so far shows that the product is fake.",
                BUY_FIRST,
                "Don't write to the seller before it arrives: a warned seller may change the page.",
                FALSE_CLAIM,
            ),
            source=LAWYERS,
        ),
    ),
    RoutingRow(
        seen=_UNSURE,
        route=Route(
            recommendation=Recommendation.AUTHORISATION,
            reasons=(
                "Nothing so far shows that the product is fake.",
                "Ask for an invoice or a letter of authorization. A lawful reseller has one.",
                "Write to the legal address on the storefront, never through Amazon's messages.",
                FALSE_CLAIM,
            ),
            source=LAWYERS,
        ),
    ),
)
