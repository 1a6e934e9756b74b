"""Rows of the router's table on genuine goods that are resold, and on strangers."""

from __future__ import annotations

from bot.core.labeled import Recommendation
from bot.features.reports.models.observations import Grounds, Observation, Origin
from bot.features.reports.models.routes import Route, RoutingRow
from bot.features.reports.rules.routing_sources import (
    BUY_FIRST,
    FALSE_CLAIM,
    GENUINE,
    IP_POLICY,
    LAW,
    LAWYERS,
    NO_SOURCE,
    NOTHING_SHOWN,
    PRICE,
    RESOLD,
    UNSURE,
    US,
    ask,
    lawful,
    lawyer,
)

_NOT_AN_INFRINGEMENT = "Selling without permission is not, by itself, an infringement."
_FIRST_SALE = "Anyone may resell genuine goods that were first sold in this territory."
_REJECTED = "Every rejected report counts against your acceptance rate."
_COUNSEL = "Whether to act is a lawyer's decision. Bring what shows where the goods come from."


RESALE: tuple[RoutingRow, ...] = (
    RoutingRow(
        seen=RESOLD,
        grounds=frozenset({Grounds.SUSPICION, Grounds.DIFFERENCES}),
        route=ask(
            LAWYERS,
            "You don't know yet whether the goods are genuine.",
            "Buy one, check your own records, or ask your dealers which sellers they supply.",
        ),
    ),
    RoutingRow(
        seen=RESOLD,
        territory=False,
        route=ask(
            NO_SOURCE,
            "We have no confirmed source on resale in this marketplace's country.",
            "Ask a lawyer there whether such goods may be resold without your permission.",
            law=True,
        ),
    ),
    RoutingRow(
        seen=GENUINE,
        origin=Origin.INSIDE,
        route=lawful(LAW, _FIRST_SALE, _NOT_AN_INFRINGEMENT, _REJECTED),
    ),
    RoutingRow(
        seen=PRICE,
        origin=Origin.INSIDE,
        route=lawful(
            LAW,
            "Selling below a minimum advertised price is not, by itself, an infringement.",
            _FIRST_SALE,
            _REJECTED,
        ),
    ),
    RoutingRow(
        seen=RESOLD,
        origin=Origin.OUTSIDE,
        marketplaces=US,
        route=lawyer(
            LAW,
            "Genuine goods from abroad may be resold here, unless they differ materially: "
            "in warranty, quality control, packaging or region.",
            _COUNSEL,
        ),
    ),
    RoutingRow(
        seen=RESOLD,
        origin=Origin.OUTSIDE,
        route=lawyer(
            IP_POLICY,
            "Genuine goods first sold outside this territory are parallel imports. "
            "Your trademark may stop them.",
            "Amazon's policy names parallel imports, and Amazon has removed some on notice.",
            _COUNSEL,
        ),
    ),
    RoutingRow(
        seen=RESOLD,
        route=ask(
            LAW,
            "Where the goods were first sold decides whether they may be resold here.",
            "Look at batch numbers and labels, or buy one. Then start over.",
            law=True,
        ),
    ),
    RoutingRow(
        seen=frozenset({Observation.MATERIAL}),
        route=lawyer(
            LAW,
            "Resale is not lawful if the goods differ materially: in warranty, quality control, "
            "packaging or region.",
            "Collect proof of the difference first, then ask a lawyer whether it is material.",
        ),
    ),
    RoutingRow(
        seen=UNSURE,
        grounds=frozenset({Grounds.SUSPICION}),
        route=Route(
            recommendation=Recommendation.COLLECT,
            reasons=(
                NOTHING_SHOWN,
                BUY_FIRST,
                "Don't write to the seller before it arrives: a warned seller may change the page.",
                FALSE_CLAIM,
            ),
            buy_first=True,
            source=LAWYERS,
        ),
    ),
    RoutingRow(
        seen=UNSURE,
        route=Route(
            recommendation=Recommendation.AUTHORISATION,
            reasons=(
                NOTHING_SHOWN,
                "Ask for an invoice or a letter of authorization. A lawful reseller has one.",
                "Write to the legal address on the storefront, never through Amazon's messages.",
                FALSE_CLAIM,
            ),
            source=LAWYERS,
        ),
    ),
)
