"""Rows of the router's table on copies, and on rights of ours that somebody infringes."""

from __future__ import annotations

from bot.core.labeled import Recommendation
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Observation, RightValidity
from bot.features.reports.models.routes import Route, RoutingRow, Source
from bot.features.reports.rules.routing_sources import (
    BUY_FIRST,
    FALSE_CLAIM,
    INFRINGING,
    IP_POLICY,
    NO_SOURCE,
    ONE_CLAIM,
    OUR_MARK,
    PROVEN,
    REGISTER,
    REGISTRY_FAQ,
    REJECTIONS,
    UNPROVEN,
    US,
)

_GOOD = frozenset({RightValidity.GOOD})
_COPY = frozenset({Observation.COPY})
_REGISTERED = INFRINGING - {Observation.CONTENT}
"""What rests on a right that an office registered."""
_WITHOUT_A_MARK = (Observation.VERSION, Observation.CONTENT)
"""What a copy may be reported as without a trademark (facts: rights)."""


def _infringed(seen: Observation, claim: Claim, *reasons: str) -> RoutingRow:
    return RoutingRow(
        seen=frozenset({seen}),
        validity=_GOOD,
        route=Route(
            recommendation=Recommendation.INFRINGEMENT,
            claim=claim,
            reasons=(*reasons, ONE_CLAIM),
            source=IP_POLICY,
        ),
    )


def _without(
    validity: RightValidity, recommendation: Recommendation, source: Source, *reasons: str
) -> tuple[RoutingRow, RoutingRow]:
    """Return the rows for a right that is worth so little; a copy may be reported otherwise."""
    law = recommendation is not Recommendation.COLLECT
    copied = Route(
        recommendation=recommendation,
        reasons=(*reasons, "You can report what needs no trademark now: see the other choices."),
        source=source,
        law=law,
        instead=_WITHOUT_A_MARK,
    )
    other = Route(recommendation=recommendation, reasons=reasons, source=source, law=law)
    worth = frozenset({validity})
    return (
        RoutingRow(seen=_COPY, validity=worth, route=copied),
        RoutingRow(seen=_REGISTERED - _COPY, validity=worth, route=other),
    )


RIGHTS: tuple[RoutingRow, ...] = (
    RoutingRow(
        seen=_COPY,
        grounds=UNPROVEN,
        route=Route(
            recommendation=Recommendation.COLLECT,
            reasons=(
                "To claim counterfeit, you need a test buy, or photos and a description "
                "of physical differences.",
                BUY_FIRST,
                FALSE_CLAIM,
            ),
            buy_first=True,
            source=REJECTIONS,
        ),
    ),
    RoutingRow(
        seen=_COPY,
        grounds=PROVEN,
        validity=_GOOD,
        route=Route(
            recommendation=Recommendation.INFRINGEMENT,
            claim=Claim.COUNTERFEIT,
            reasons=(
                f"{OUR_MARK}.",
                "You can say how the product differs from the genuine one.",
                ONE_CLAIM,
            ),
            source=IP_POLICY,
        ),
    ),
    _infringed(Observation.NAME, Claim.TRADEMARK, f"{OUR_MARK}."),
    _infringed(
        Observation.TITLE,
        Claim.TRADEMARK,
        f"{OUR_MARK}, and buyers see it on the page.",
        "Words such as 'compatible with' are allowed. Don't report those.",
    ),
    RoutingRow(
        seen=frozenset({Observation.CONTENT}),
        route=Route(
            recommendation=Recommendation.INFRINGEMENT,
            claim=Claim.COPYRIGHT,
            reasons=(
                "The images or text are your own original work. Copyright needs no registration.",
                "Enclose the original or link to it, and say that you gave no permission.",
                ONE_CLAIM,
            ),
            source=IP_POLICY,
        ),
    ),
    _infringed(
        Observation.DESIGN, Claim.DESIGN, "You own a design that is registered in this country."
    ),
    RoutingRow(
        seen=frozenset({Observation.INVENTION}),
        marketplaces=US,
        validity=_GOOD,
        route=Route(
            recommendation=Recommendation.APEX,
            reasons=(
                "Amazon has US utility patents evaluated by a neutral lawyer, in APEX.",
                "It starts in Report a Violation: a deposit of USD 4,000, for up to 20 ASINs.",
            ),
            source=REGISTRY_FAQ,
        ),
    ),
    _infringed(
        Observation.INVENTION,
        Claim.PATENT,
        "You own a patent that is in force in this country.",
        "Say which feature of the product falls under which claim of the patent.",
    ),
    _infringed(
        Observation.MODEL,
        Claim.UTILITY_MODEL,
        "You own a utility model that is in force in this country.",
        "Say which feature of the product falls under which claim of the utility model.",
    ),
    *_without(
        RightValidity.NONE,
        Recommendation.COLLECT,
        REGISTER,
        "None of the brand rights you entered supports this report.",
        "If you own one, add it with /rights add.",
    ),
    *_without(
        RightValidity.PENDING,
        Recommendation.LAWYER,
        NO_SOURCE,
        "Your right is pending. Amazon does not say whether a report may rest on it.",
        "Ask a lawyer what your application already allows you to do.",
    ),
    *_without(
        RightValidity.EXPIRED,
        Recommendation.LAWYER,
        REJECTIONS,
        "Your right has expired, and reports that rest on an expired right get rejected.",
        "Renew it, or ask a lawyer what protection you still have.",
    ),
    *_without(
        RightValidity.ELSEWHERE,
        Recommendation.LAWYER,
        REJECTIONS,
        "Your right does not count in this marketplace's country.",
        "A lawyer can register one there, or act without it.",
    ),
    *_without(
        RightValidity.GRACE,
        Recommendation.ASK,
        NO_SOURCE,
        "Your trademark's term ended less than six months ago. It may still count.",
        "Renew it, or ask the office or a lawyer whether it is still in force.",
    ),
    *_without(
        RightValidity.UNKNOWN,
        Recommendation.ASK,
        REGISTER,
        "The register does not say whether your right counts in this country.",
        "Ask the office or a lawyer. Then enter it again in /rights, with its countries.",
    ),
)
