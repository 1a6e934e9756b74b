"""Rows of the router's table on selling policies, pages, words and reviews."""

from __future__ import annotations

from bot.core.labeled import Recommendation
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Observation
from bot.features.reports.models.routes import Route, RoutingRow, Source
from bot.features.reports.rules.routing_sources import (
    BUY_FIRST,
    IP_POLICY,
    LAWYERS,
    NO_SOURCE,
    ONE_CLAIM,
    OUTCOMES,
    REGISTRY_FAQ,
    STAFF,
    UNPROVEN,
)

_POLICY = "This breaks Amazon's selling policies. You don't need an IP right to report it."


def _policy(seen: Observation, claim: Claim, *reasons: str, source: Source = STAFF) -> RoutingRow:
    return RoutingRow(
        seen=frozenset({seen}),
        route=Route(
            recommendation=Recommendation.POLICY,
            claim=claim,
            reasons=(*reasons, ONE_CLAIM),
            source=source,
        ),
    )


def _first(
    seen: Observation, recommendation: Recommendation, source: Source, *reasons: str
) -> RoutingRow:
    """Return the row of what comes before a report of abuse."""
    return RoutingRow(
        seen=frozenset({seen}),
        tried=False,
        route=Route(recommendation=recommendation, reasons=reasons, source=source),
    )


def _advice(
    seen: Observation, recommendation: Recommendation, source: Source, *reasons: str
) -> RoutingRow:
    return RoutingRow(
        seen=frozenset({seen}),
        route=Route(recommendation=recommendation, reasons=reasons, source=source),
    )


POLICIES: tuple[RoutingRow, ...] = (
    # Our goods, not as the page says.
    RoutingRow(
        seen=frozenset(
            {Observation.USED, Observation.VERSION, Observation.PARTS, Observation.SERIAL}
        ),
        grounds=UNPROVEN,
        route=Route(
            recommendation=Recommendation.COLLECT,
            reasons=(
                "Report Abuse asks for a detailed account of what a buyer received.",
                BUY_FIRST,
            ),
            buy_first=True,
            source=STAFF,
        ),
    ),
    _policy(Observation.USED, Claim.USED_AS_NEW, _POLICY),
    _policy(Observation.VERSION, Claim.WRONG_VERSION, _POLICY),
    _policy(Observation.PARTS, Claim.MISSING_PARTS, _POLICY),
    _policy(Observation.SERIAL, Claim.TAMPERED_SERIAL, _POLICY),
    _advice(
        Observation.UNSAFE,
        Recommendation.ASK,
        NO_SOURCE,
        "We have no confirmed source on how Amazon handles such reports.",
        "Ask your compliance adviser which authority and which form are right in this country.",
    ),
    _advice(
        Observation.TRANSPARENCY,
        Recommendation.ASK,
        NO_SOURCE,
        "We have no confirmed source on how Amazon handles units without their codes.",
        "Ask Transparency support what proof it needs. Buy one, and keep its packaging.",
    ),
    # Pages: what comes first, then what is reported.
    _first(
        Observation.TAKEOVER,
        Recommendation.REGISTRY,
        LAWYERS,
        "First send your own title, text, images and brand for the page again.",
        "If they do not stay, ask Brand Registry support to restore the page. "
        "Report it as abuse only after that.",
    ),
    _policy(Observation.TAKEOVER, Claim.TAKEOVER, _POLICY),
    _first(
        Observation.VARIATION,
        Recommendation.REGISTRY,
        REGISTRY_FAQ,
        "In Brand Registry, report it as 'incorrect variation' first.",
        "Report it as abuse only if that did not help.",
    ),
    _policy(Observation.VARIATION, Claim.VARIATION, _POLICY),
    _first(
        Observation.DUPLICATE,
        Recommendation.MERGE,
        LAWYERS,
        "Two pages for one product are a case for catalog support: ask to merge them.",
        "It is abuse only if the page was made to get around a block or removal.",
    ),
    _policy(Observation.DUPLICATE, Claim.DUPLICATE, _POLICY),
    # Our name in words and ads.
    _policy(
        Observation.KEYWORDS,
        Claim.KEYWORDS,
        _POLICY,
        "Hidden terms do not show on the page. Say how you know of them.",
    ),
    _advice(
        Observation.COMPATIBLE,
        Recommendation.NOTHING,
        IP_POLICY,
        "Others may say that their product is compatible with your brand.",
        "If the words make it look like your own product, choose 'title, bullets or images'.",
    ),
    _advice(
        Observation.ADS,
        Recommendation.NOTHING,
        LAWYERS,
        "Competitors may advertise on your brand name.",
        "If clicks on your own ads look false, ask the advertising console's support.",
    ),
    _policy(
        Observation.REVIEWS,
        Claim.REVIEWS,
        _POLICY,
        "Amazon does not share the outcome.",
        source=OUTCOMES,
    ),
)
