"""The router: from what a person sees to the door where it belongs, with reasons.

The table is read from the top; the first row that fits decides. Every reason repeats a fact about
Amazon's two doors, rejection reasons and the law of resale (facts: reporting).
"""

from __future__ import annotations

from datetime import date

import msgspec

from bot.features.reports.models.claims import Claim, Door
from bot.features.reports.models.observations import Grounds, Seen, Standing
from bot.features.rights.models import Right, RightKind, RightStatus

_BEST_FIRST = tuple(Standing)


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """All that decides about the door."""

    seen: Seen
    grounds: Grounds = Grounds.SUSPICION
    standing: Standing = Standing.NONE
    allowed: bool = False
    """The seller is on the team's list of authorised sellers."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """Where it belongs, and why."""

    door: Door
    claim: Claim | None = None
    reasons: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table; what is left out fits every answer."""

    seen: frozenset[Seen]
    grounds: frozenset[Grounds] | None = None
    standing: frozenset[Standing] | None = None
    allowed: bool | None = None
    door: Door
    claim: Claim | None = None
    reasons: tuple[str, ...]

    def fits(self, answers: Answers) -> bool:
        """Tell whether the row is about these answers."""
        return (
            answers.seen in self.seen
            and (self.grounds is None or answers.grounds in self.grounds)
            and (self.standing is None or answers.standing in self.standing)
            and (self.allowed is None or answers.allowed is self.allowed)
        )


_KNOWN = frozenset({Grounds.TEST_BUY, Grounds.DIFFERENCES})
_SUSPECTED = frozenset({Grounds.SUSPICION})
_GOOD = frozenset({Standing.GOOD})

_ONE_CLAIM = "One violation per report: anything else is a report of its own."
_BUY_FIRST = "Buy one from them: an order ID is the strongest evidence there is."
_POLICY = "It is against Amazon's selling policies; no right of yours has to be infringed."
_NOT_AN_INFRINGEMENT = "Selling without permission is not by itself an infringement."
_FIRST_SALE = "Whoever bought a genuine product may resell it (first sale)."
_FALSE_CLAIM = "A false counterfeit claim invites suits for defamation and interference."
_REJECTED = "Every rejected report counts against your acceptance rate."


def _policy(seen: Seen, claim: Claim, *reasons: str) -> Row:
    return Row(
        seen=frozenset({seen}), door=Door.POLICY, claim=claim, reasons=(*reasons, _ONE_CLAIM)
    )


TABLE: tuple[Row, ...] = (
    # Whom the team authorised.
    Row(
        seen=frozenset({Seen.UNSURE, Seen.GENUINE}),
        allowed=True,
        door=Door.LAWFUL,
        reasons=("They are on your list of authorised sellers.", "Amazon rejects such reports."),
    ),
    Row(
        seen=frozenset({Seen.COPY, Seen.NAME, Seen.CONTENT, Seen.INVENTION, Seen.MATERIAL}),
        allowed=True,
        door=Door.LAWYER,
        reasons=(
            "They are on your list of authorised sellers, and Amazon rejects reports against them.",
            "What they may do stands in your agreement: speak with them, then with a lawyer.",
            "If they are on the list by mistake, /withdraw them and begin again.",
        ),
    ),
    Row(
        seen=frozenset({Seen.PRICE}),
        allowed=True,
        door=Door.LAWYER,
        reasons=(
            "A minimum price binds only whoever agreed to it: look into your agreement.",
            "Breaking it is no violation that Amazon acts on.",
        ),
    ),
    # Genuine goods.
    Row(
        seen=frozenset({Seen.GENUINE}),
        door=Door.LAWFUL,
        reasons=(_FIRST_SALE, _NOT_AN_INFRINGEMENT, _REJECTED),
    ),
    Row(
        seen=frozenset({Seen.PRICE}),
        door=Door.LAWFUL,
        reasons=(
            "Breaking a minimum advertised price is not by itself an infringement.",
            _FIRST_SALE,
            _REJECTED,
        ),
    ),
    Row(
        seen=frozenset({Seen.MATERIAL}),
        door=Door.LAWYER,
        reasons=(
            "Resale is not lawful where goods differ materially: warranty, quality control, "
            "packaging or region.",
            "Whether a difference is material is a lawyer's question; collect proof of it first.",
        ),
    ),
    Row(
        seen=frozenset({Seen.UNSURE}),
        door=Door.AUTHORISATION,
        reasons=(
            "Nothing shows yet that the goods are not genuine.",
            "Ask for an invoice or a letter of authorisation; a lawful reseller can show one.",
            _BUY_FIRST,
            _FALSE_CLAIM,
        ),
    ),
    # Copies.
    Row(
        seen=frozenset({Seen.COPY}),
        grounds=_SUSPECTED,
        door=Door.COLLECT,
        reasons=(
            "'Counterfeit' needs a test buy, or stated physical differences with photos.",
            _BUY_FIRST,
            _FALSE_CLAIM,
        ),
    ),
    Row(
        seen=frozenset({Seen.COPY}),
        grounds=_KNOWN,
        standing=_GOOD,
        door=Door.INFRINGEMENT,
        claim=Claim.COUNTERFEIT,
        reasons=(
            "You own a trademark that is registered in this country.",
            "You can say how the product differs from the genuine one.",
            _ONE_CLAIM,
        ),
    ),
    # Rights that count here.
    Row(
        seen=frozenset({Seen.NAME}),
        standing=_GOOD,
        door=Door.INFRINGEMENT,
        claim=Claim.TRADEMARK,
        reasons=("You own a trademark that is registered in this country.", _ONE_CLAIM),
    ),
    Row(
        seen=frozenset({Seen.CONTENT}),
        standing=_GOOD,
        door=Door.INFRINGEMENT,
        claim=Claim.COPYRIGHT,
        reasons=("The pictures or texts are your own original work.", _ONE_CLAIM),
    ),
    Row(
        seen=frozenset({Seen.INVENTION}),
        standing=_GOOD,
        door=Door.INFRINGEMENT,
        claim=Claim.PATENT,
        reasons=("You own a patent that is in force in this country.", _ONE_CLAIM),
    ),
    # Rights that do not.
    Row(
        seen=frozenset({Seen.COPY, Seen.NAME, Seen.INVENTION, Seen.CONTENT}),
        standing=frozenset({Standing.NONE}),
        door=Door.COLLECT,
        reasons=(
            "The register names no right of yours that this report could rest on.",
            "If you own one, enter it with /rights add; if not, Amazon will not act on it.",
        ),
    ),
    Row(
        seen=frozenset({Seen.COPY, Seen.NAME, Seen.INVENTION, Seen.CONTENT}),
        standing=frozenset({Standing.PENDING}),
        door=Door.LAWYER,
        reasons=(
            "Your right is pending: Amazon takes only registered ones.",
            "A lawyer can say what an application already lets you do.",
        ),
    ),
    Row(
        seen=frozenset({Seen.COPY, Seen.NAME, Seen.INVENTION, Seen.CONTENT}),
        standing=frozenset({Standing.EXPIRED}),
        door=Door.LAWYER,
        reasons=(
            "Your right has expired: Amazon takes only those in force.",
            "Renew it, or ask a lawyer what is left of it.",
        ),
    ),
    Row(
        seen=frozenset({Seen.COPY, Seen.NAME, Seen.INVENTION, Seen.CONTENT}),
        standing=frozenset({Standing.ELSEWHERE}),
        door=Door.LAWYER,
        reasons=(
            "Your right is registered in another country than this marketplace's.",
            "Amazon asks for one of this country: ask a lawyer to register or to act without it.",
        ),
    ),
    # Our goods, not as the page says.
    Row(
        seen=frozenset({Seen.USED, Seen.VERSION, Seen.PARTS, Seen.SERIAL}),
        grounds=_SUSPECTED,
        door=Door.COLLECT,
        reasons=("Report Abuse wants a detailed recap of what a buyer got.", _BUY_FIRST),
    ),
    _policy(Seen.USED, Claim.USED_AS_NEW, _POLICY),
    _policy(Seen.VERSION, Claim.WRONG_VERSION, _POLICY),
    _policy(Seen.PARTS, Claim.MISSING_PARTS, _POLICY),
    _policy(Seen.SERIAL, Claim.TAMPERED_SERIAL, _POLICY),
    # Pages and reviews.
    _policy(Seen.TAKEOVER, Claim.TAKEOVER, _POLICY),
    _policy(Seen.VARIATION, Claim.VARIATION, _POLICY),
    _policy(Seen.DUPLICATE, Claim.DUPLICATE, _POLICY),
    _policy(Seen.KEYWORDS, Claim.KEYWORDS, _POLICY),
    _policy(Seen.REVIEWS, Claim.REVIEWS, _POLICY, "What came of it, Amazon does not tell."),
)
"""Every combination of answers fits a row; a test goes through all of them."""


def route(answers: Answers) -> Route:
    """Return the door where it belongs, the claim if something is to be filed, and why."""
    row = next(row for row in TABLE if row.fits(answers))
    return Route(door=row.door, claim=row.claim, reasons=row.reasons)


def standing_of(right: Right | None, marketplace: str, today: date) -> Standing:
    """Tell what a right is worth in the marketplace with that code."""
    if right is None:
        return Standing.NONE
    if right.expired(today):
        return Standing.EXPIRED
    if right.status is not RightStatus.REGISTERED:
        return Standing.PENDING
    return Standing.GOOD if right.counts_in(marketplace) else Standing.ELSEWHERE


def best_right(
    rights: tuple[Right, ...], kind: RightKind | None, marketplace: str, today: date
) -> Right | None:
    """Return the right of that kind that is worth most in the marketplace; None without any."""

    def worth(right: Right) -> tuple[int, int]:
        return _BEST_FIRST.index(standing_of(right, marketplace, today)), right.number

    return min((right for right in rights if right.kind is kind), key=worth, default=None)
