"""The router: from what a person sees to the door where it belongs, with reasons.

The table is read from the top; the first row that fits decides. Every reason repeats a fact about
Amazon's two doors, rejection reasons and the law of resale (facts: reporting).
"""

from __future__ import annotations

from datetime import date

import msgspec

from bot.core.recommendations import Recommendation
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

_ONE_CLAIM = "One violation per report: anything else is a report of its own."
_BUY_FIRST = "Buy one from them: an order ID is the strongest evidence there is."
_POLICY = "It is against Amazon's selling policies; none of your rights needs to be infringed."
_NOT_AN_INFRINGEMENT = "Selling without permission is not by itself an infringement."
_FIRST_SALE = "Whoever bought a genuine product may resell it (first sale)."
_FALSE_CLAIM = "A false counterfeit claim invites suits for defamation and interference."
_AMAZON = "The seller is Amazon itself, as far as we know: a report form is not the way."
_SUPPLY = "Find out who supplies Amazon (you as a vendor, or a wholesaler) and settle it with them."
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
            "If the goods are not yours, or not as you sell them, a lawyer can say what to do.",
        ),
    ),
    # Whom the team authorised.
    RoutingRow(
        seen=frozenset({Observation.UNSURE, Observation.GENUINE}),
        allowed=True,
        recommendation=Recommendation.LAWFUL,
        reasons=("They are on your list of authorized sellers.", "Amazon rejects such reports."),
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
            "They are on your list of authorized sellers, and Amazon rejects reports against them.",
            "Your agreement says what they may do: talk to them, then to a lawyer.",
            "If they are on the list by mistake, /withdraw them and begin again.",
        ),
    ),
    RoutingRow(
        seen=frozenset({Observation.PRICE}),
        allowed=True,
        recommendation=Recommendation.LAWYER,
        reasons=(
            "A minimum price binds only whoever agreed to it: look into your agreement.",
            "Breaking it is no violation that Amazon acts on.",
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
            "Breaking a minimum advertised price is not by itself an infringement.",
            _FIRST_SALE,
            _REJECTED,
        ),
    ),
    RoutingRow(
        seen=frozenset({Observation.MATERIAL}),
        recommendation=Recommendation.LAWYER,
        reasons=(
            "Resale is not lawful where goods differ materially: warranty, quality control, "
            "packaging or region.",
            "Whether a difference is material is a lawyer's question; collect proof of it first.",
        ),
    ),
    RoutingRow(
        seen=frozenset({Observation.UNSURE}),
        recommendation=Recommendation.AUTHORISATION,
        reasons=(
            "Nothing shows yet that the goods are not genuine.",
            "Ask for an invoice or a letter of authorization; a lawful reseller can show one.",
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
            "'Counterfeit' needs a test buy, or stated physical differences with photos.",
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
            "You own a trademark that is registered in this country.",
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
        reasons=("You own a trademark that is registered in this country.", _ONE_CLAIM),
    ),
    RoutingRow(
        seen=frozenset({Observation.CONTENT}),
        validity=_GOOD,
        recommendation=Recommendation.INFRINGEMENT,
        claim=Claim.COPYRIGHT,
        reasons=("The pictures or texts are your own original work.", _ONE_CLAIM),
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
            "The register names no right of yours that this report could rest on.",
            "If you own one, enter it with /rights add; if not, Amazon will not act on it.",
        ),
    ),
    RoutingRow(
        seen=frozenset(
            {Observation.COPY, Observation.NAME, Observation.INVENTION, Observation.CONTENT}
        ),
        validity=frozenset({RightValidity.PENDING}),
        recommendation=Recommendation.LAWYER,
        reasons=(
            "Your right is pending: Amazon takes only registered ones.",
            "A lawyer can say what an application already lets you do.",
        ),
    ),
    RoutingRow(
        seen=frozenset(
            {Observation.COPY, Observation.NAME, Observation.INVENTION, Observation.CONTENT}
        ),
        validity=frozenset({RightValidity.EXPIRED}),
        recommendation=Recommendation.LAWYER,
        reasons=(
            "Your right has expired: Amazon takes only those in force.",
            "Renew it, or ask a lawyer what is left of it.",
        ),
    ),
    RoutingRow(
        seen=frozenset(
            {Observation.COPY, Observation.NAME, Observation.INVENTION, Observation.CONTENT}
        ),
        validity=frozenset({RightValidity.ELSEWHERE}),
        recommendation=Recommendation.LAWYER,
        reasons=(
            "Your right is registered in another country than this marketplace's.",
            "Amazon asks for one of this country: ask a lawyer to register or to act without it.",
        ),
    ),
    # Our goods, not as the page says.
    RoutingRow(
        seen=frozenset(
            {Observation.USED, Observation.VERSION, Observation.PARTS, Observation.SERIAL}
        ),
        grounds=_SUSPECTED,
        recommendation=Recommendation.COLLECT,
        reasons=("Report Abuse wants a detailed recap of what a buyer got.", _BUY_FIRST),
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
    _policy(Observation.REVIEWS, Claim.REVIEWS, _POLICY, "What came of it, Amazon does not tell."),
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
    if right.expired(today):
        return RightValidity.EXPIRED
    if right.status is not BrandRightStatus.REGISTERED:
        return RightValidity.PENDING
    return RightValidity.GOOD if right.counts_in(marketplace) else RightValidity.ELSEWHERE


def best_right(
    rights: tuple[BrandRight, ...], kind: BrandRightKind | None, marketplace: str, today: date
) -> BrandRight | None:
    """Return the right of that kind that is worth most in the marketplace; None without any."""

    def worth(right: BrandRight) -> tuple[int, int]:
        return _BEST_FIRST.index(validity_of(right, marketplace, today)), right.number

    return min((right for right in rights if right.kind is kind), key=worth, default=None)
