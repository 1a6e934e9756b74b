"""The router: from what a person sees to the door where it belongs, with reasons.

The table is read from the top; the first row that fits decides. Every reason repeats a fact about
Amazon's two doors, rejection reasons and the law of resale (facts: reporting).
"""

from __future__ import annotations

from datetime import date

import msgspec

from bot.core.labeled import Recommendation
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds, Observation, RightValidity
from bot.features.rights.models import BrandRight, BrandRightKind, BrandRightStatus

_BEST_FIRST = tuple(RightValidity)


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """All that decides about the door."""

    seen: Observation
    grounds: Grounds = Grounds.SUSPICION
    validity: RightValidity = RightValidity.NONE
    allowed: bool = False
    """The seller is on the team's list of authorized sellers."""
    amazon: bool = False
    """The seller is Amazon itself, as far as we know."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """Where it belongs, and why."""

    recommendation: Recommendation
    claim: Claim | None = None
    reasons: tuple[str, ...]


class RoutingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table; what is left out fits every answer."""

    seen: frozenset[Observation]
    grounds: frozenset[Grounds] | None = None
    validity: frozenset[RightValidity] | None = None
    allowed: bool | None = None
    amazon: bool | None = None
    recommendation: Recommendation
    claim: Claim | None = None
    reasons: tuple[str, ...]

    def fits(self, answers: Answers) -> bool:
        """Tell whether the row is about these answers."""
        return (
            answers.seen in self.seen
            and (self.grounds is None or answers.grounds in self.grounds)
            and (self.validity is None or answers.validity in self.validity)
            and (self.allowed is None or answers.allowed is self.allowed)
            and (self.amazon is None or answers.amazon is self.amazon)
        )


_KNOWN = frozenset({Grounds.TEST_BUY, Grounds.DIFFERENCES})
_SUSPECTED = frozenset({Grounds.SUSPICION})
_GOOD = frozenset({RightValidity.GOOD})

_ONE_CLAIM = "File one violation per report. Report anything else separately."
_BUY_FIRST = "Buy one from this seller. An order ID is the strongest evidence."
_POLICY = "This breaks Amazon's selling policies. You don't need an IP right to report it."
_NOT_AN_INFRINGEMENT = "Selling without permission is not, by itself, an infringement."
_FIRST_SALE = "Anyone who bought a genuine product may resell it (first sale doctrine)."
_FALSE_CLAIM = "A false counterfeit claim can get you sued for defamation or interference."
_AMAZON = "As far as we know, the seller is Amazon itself, so a report form will not help."
_SUPPLY = (
    "Find out who supplies Amazon: you as a vendor, or one of your wholesalers. Resolve it there."
)
_REJECTED = "Every rejected report counts against your acceptance rate."


def _policy(seen: Observation, claim: Claim, *reasons: str) -> RoutingRow:
    return RoutingRow(
        seen=frozenset({seen}),
        recommendation=Recommendation.POLICY,
        claim=claim,
        reasons=(*reasons, _ONE_CLAIM),
    )


TABLE: tuple[RoutingRow, ...] = (
    # Amazon itself.
    RoutingRow(
        seen=frozenset({Observation.UNSURE, Observation.GENUINE, Observation.PRICE}),
        amazon=True,
        recommendation=Recommendation.LAWFUL,
        reasons=(_AMAZON, _SUPPLY),
    ),
    RoutingRow(
        seen=frozenset(
            {
                Observation.COPY,
                Observation.NAME,
                Observation.CONTENT,
                Observation.INVENTION,
                Observation.MATERIAL,
                Observation.USED,
                Observation.VERSION,
                Observation.PARTS,
                Observation.SERIAL,
                Observation.TAKEOVER,
            }
        ),
        amazon=True,
        recommendation=Recommendation.LAWYER,
        reasons=(
            _AMAZON,
            _SUPPLY,
            "If the goods are not yours or differ from what you sell, ask a lawyer what to do.",
        ),
    ),
    # Whom the team authorised.
    RoutingRow(
        seen=frozenset({Observation.UNSURE, Observation.GENUINE}),
        allowed=True,
        recommendation=Recommendation.LAWFUL,
        reasons=("Your records list this seller as authorized.", "Amazon rejects such reports."),
    ),
    RoutingRow(
        seen=frozenset(
            {
                Observation.COPY,
                Observation.NAME,
                Observation.CONTENT,
                Observation.INVENTION,
                Observation.MATERIAL,
            }
        ),
        allowed=True,
        recommendation=Recommendation.LAWYER,
        reasons=(
            "Your records list this seller as authorized, and Amazon rejects such reports.",
            "Check what your agreement allows. Talk to the seller first, then to a lawyer.",
            "If they should not be authorized, type /withdraw SELLER and start over.",
        ),
    ),
    RoutingRow(
        seen=frozenset({Observation.PRICE}),
        allowed=True,
        recommendation=Recommendation.LAWYER,
        reasons=(
            "A minimum price binds only sellers who agreed to it. Check your agreement.",
            "Amazon does not act on minimum price violations.",
        ),
    ),
    # Genuine goods.
    RoutingRow(
        seen=frozenset({Observation.GENUINE}),
        recommendation=Recommendation.LAWFUL,
        reasons=(_FIRST_SALE, _NOT_AN_INFRINGEMENT, _REJECTED),
    ),
    RoutingRow(
        seen=frozenset({Observation.PRICE}),
        recommendation=Recommendation.LAWFUL,
        reasons=(
            "Selling below a minimum advertised price is not, by itself, an infringement.",
            _FIRST_SALE,
            _REJECTED,
        ),
    ),
    RoutingRow(
        seen=frozenset({Observation.MATERIAL}),
        recommendation=Recommendation.LAWYER,
        reasons=(
            "Resale is not lawful if the goods differ materially: in warranty, quality control, "
            "packaging or region.",
            "Collect proof of the difference first, then ask a lawyer whether it is material.",
        ),
    ),
    RoutingRow(
        seen=frozenset({Observation.UNSURE}),
        recommendation=Recommendation.AUTHORISATION,
        reasons=(
            "Nothing so far shows that the product is fake.",
            "Ask for an invoice or a letter of authorization. A lawful reseller can provide one.",
            _BUY_FIRST,
            _FALSE_CLAIM,
        ),
    ),
    # Copies.
    RoutingRow(
        seen=frozenset({Observation.COPY}),
        grounds=_SUSPECTED,
        recommendation=Recommendation.COLLECT,
        reasons=(
            "To claim counterfeit, you need a test buy, or photos and a description "
            "of physical differences.",
            _BUY_FIRST,
            _FALSE_CLAIM,
        ),
    ),
    RoutingRow(
        seen=frozenset({Observation.COPY}),
        grounds=_KNOWN,
        validity=_GOOD,
        recommendation=Recommendation.INFRINGEMENT,
        claim=Claim.COUNTERFEIT,
        reasons=(
            "You own a trademark registered in this country.",
            "You can say how the product differs from the genuine one.",
            _ONE_CLAIM,
        ),
    ),
    # Rights that count here.
    RoutingRow(
        seen=frozenset({Observation.NAME}),
        validity=_GOOD,
        recommendation=Recommendation.INFRINGEMENT,
        claim=Claim.TRADEMARK,
        reasons=("You own a trademark registered in this country.", _ONE_CLAIM),
    ),
    RoutingRow(
        seen=frozenset({Observation.CONTENT}),
        validity=_GOOD,
        recommendation=Recommendation.INFRINGEMENT,
        claim=Claim.COPYRIGHT,
        reasons=("The images or text are your own original work.", _ONE_CLAIM),
    ),
    RoutingRow(
        seen=frozenset({Observation.INVENTION}),
        validity=_GOOD,
        recommendation=Recommendation.INFRINGEMENT,
        claim=Claim.PATENT,
        reasons=("You own a patent that is in force in this country.", _ONE_CLAIM),
    ),
    # Rights that do not.
    RoutingRow(
        seen=frozenset(
            {Observation.COPY, Observation.NAME, Observation.INVENTION, Observation.CONTENT}
        ),
        validity=frozenset({RightValidity.NONE}),
        recommendation=Recommendation.COLLECT,
        reasons=(
            "None of the brand rights you entered supports this report.",
            "If you own one, add it with /rights add. Amazon will not act without one.",
        ),
    ),
    RoutingRow(
        seen=frozenset(
            {Observation.COPY, Observation.NAME, Observation.INVENTION, Observation.CONTENT}
        ),
        validity=frozenset({RightValidity.PENDING}),
        recommendation=Recommendation.LAWYER,
        reasons=(
            "Your right is pending, and Amazon accepts only registered ones.",
            "Ask a lawyer what your application already allows you to do.",
        ),
    ),
    RoutingRow(
        seen=frozenset(
            {Observation.COPY, Observation.NAME, Observation.INVENTION, Observation.CONTENT}
        ),
        validity=frozenset({RightValidity.EXPIRED}),
        recommendation=Recommendation.LAWYER,
        reasons=(
            "Your right has expired, and Amazon accepts only rights in force.",
            "Renew it, or ask a lawyer what protection you still have.",
        ),
    ),
    RoutingRow(
        seen=frozenset(
            {Observation.COPY, Observation.NAME, Observation.INVENTION, Observation.CONTENT}
        ),
        validity=frozenset({RightValidity.ELSEWHERE}),
        recommendation=Recommendation.LAWYER,
        reasons=(
            "Your right is registered in a country other than this marketplace's.",
            "Amazon wants one from this country. A lawyer can register one, or act without it.",
        ),
    ),
    RoutingRow(
        seen=frozenset(
            {Observation.COPY, Observation.NAME, Observation.INVENTION, Observation.CONTENT}
        ),
        validity=frozenset({RightValidity.GRACE}),
        recommendation=Recommendation.ASK,
        reasons=(
            "Your trademark's term ended less than six months ago. It may still count.",
            "Renew it, or ask the office or a lawyer whether it is still in force.",
        ),
    ),
    RoutingRow(
        seen=frozenset(
            {Observation.COPY, Observation.NAME, Observation.INVENTION, Observation.CONTENT}
        ),
        validity=frozenset({RightValidity.UNKNOWN}),
        recommendation=Recommendation.ASK,
        reasons=(
            "The register does not say whether your right counts in this country.",
            "Ask the office or a lawyer. Then enter it again in /rights, with its countries.",
        ),
    ),
    # Our goods, not as the page says.
    RoutingRow(
        seen=frozenset(
            {Observation.USED, Observation.VERSION, Observation.PARTS, Observation.SERIAL}
        ),
        grounds=_SUSPECTED,
        recommendation=Recommendation.COLLECT,
        reasons=("Report Abuse asks for a detailed account of what a buyer received.", _BUY_FIRST),
    ),
    _policy(Observation.USED, Claim.USED_AS_NEW, _POLICY),
    _policy(Observation.VERSION, Claim.WRONG_VERSION, _POLICY),
    _policy(Observation.PARTS, Claim.MISSING_PARTS, _POLICY),
    _policy(Observation.SERIAL, Claim.TAMPERED_SERIAL, _POLICY),
    # Pages and reviews.
    _policy(Observation.TAKEOVER, Claim.TAKEOVER, _POLICY),
    _policy(Observation.VARIATION, Claim.VARIATION, _POLICY),
    _policy(Observation.DUPLICATE, Claim.DUPLICATE, _POLICY),
    _policy(Observation.KEYWORDS, Claim.KEYWORDS, _POLICY),
    _policy(Observation.REVIEWS, Claim.REVIEWS, _POLICY, "Amazon does not share the outcome."),
)
"""Every combination of answers fits a row; a test goes through all of them."""


def route(answers: Answers) -> Route:
    """Return the door where it belongs, the claim if something is to be filed, and why."""
    row = next(row for row in TABLE if row.fits(answers))
    return Route(recommendation=row.recommendation, claim=row.claim, reasons=row.reasons)


def validity_of(right: BrandRight | None, marketplace: str, today: date) -> RightValidity:
    """Tell what a right is worth in the marketplace with that code."""
    if right is None:
        return RightValidity.NONE
    if right.kind is BrandRightKind.COPYRIGHT:
        return RightValidity.GOOD
    if right.expired(today) and not right.in_grace(today):
        return RightValidity.EXPIRED
    if right.status is not BrandRightStatus.REGISTERED:
        return RightValidity.PENDING
    if right.counts_in(marketplace):
        return RightValidity.GRACE if right.expired(today) else RightValidity.GOOD
    known = right.counts_in(marketplace) is not None
    return RightValidity.ELSEWHERE if known else RightValidity.UNKNOWN


def best_right(
    rights: tuple[BrandRight, ...], kind: BrandRightKind | None, marketplace: str, today: date
) -> BrandRight | None:
    """Return the right of that kind that is worth most in the marketplace; None without any."""

    def worth(right: BrandRight) -> tuple[int, int]:
        return _BEST_FIRST.index(validity_of(right, marketplace, today)), right.number

    return min((right for right in rights if right.kind is kind), key=worth, default=None)
