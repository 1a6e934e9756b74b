"""What texts are written about in these tests: everything known, nothing known, far too much."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest

from bot.core.labeled import Recommendation
from bot.core.languages import LANGUAGES
from bot.core.money import Money
from bot.core.permissions import Person
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase
from bot.features.reports.models.claims import GOODS, ON_GOODS, USES, Claim
from bot.features.reports.models.lint_input import LastObservation, LintInput, Objection
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import Report, Version
from bot.features.reports.rules.lint_privacy import personal
from bot.features.reports.rules.lint_text import (
    concedes,
    contract,
    honest,
    observed,
    one_violation,
    precise,
    tone,
)
from bot.features.reports.rules.wording import ReportedProduct, Subject
from bot.features.rights.models import BrandRight, BrandRightKind

ON_TEXT = (precise, observed, one_violation, concedes, contract, honest, tone, personal)
ALL_LANGUAGES = tuple(sorted(LANGUAGES))
BY_DEFAULT = frozenset({"de", "en", "ja"})
"""One that is English, one with words in one, one without blanks; the others are tried in CI."""


def each_language_of(languages: Iterable[str]) -> pytest.MarkDecorator:
    """Try a test in each of these languages: in some by default, in all where it is named."""
    return pytest.mark.parametrize(
        "language",
        [
            pytest.param(each, marks=() if each in BY_DEFAULT else pytest.mark.ci)
            for each in languages
        ],
    )


each_language = each_language_of(ALL_LANGUAGES)
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SINCE = NOW - timedelta(days=1)
BEN = Person("ben", "Ben")
SELLER = "A1QX7ZP9KD4W2M"
STORE = "BrightLeaf Store 88"
ORDER = "123-1234567-1234567"
NUMBER = "302026123456"
ASINS = ("B0ALDER001", "B0ALDER002")

BLANK = re.compile(r"\[[^\]\n]{2,80}\]")
"""What a person has to fill in."""

ABOUT_GOODS = tuple(sorted(GOODS))
"""The test buy tells what was observed."""
ABOUT_USE = tuple(sorted(USES))
"""Where what is ours is used, a person has to say."""
ABOUT_PAGES = tuple(claim for claim in Claim if claim not in ON_GOODS)
"""What was changed, and how that is known, a person has to say."""
SELLER_THERE = (Claim.COPYRIGHT, Claim.TAKEOVER, Claim.VARIATION)
"""Claims on pages that name who else sells there."""

PURCHASE = Purchase(
    order=ORDER,
    ordered_on=date(2026, 11, 19),
    arrived_on=date(2026, 11, 21),
    observed="The logo is printed; on the genuine pan it is embossed.",
    verified="Compared side by side under a lens.",
    asin=ASINS[0],
    seller=SELLER,
    seller_name=STORE,
    price=Money(Decimal("18.70"), "USD"),
)


def piece(place: int, kind: EvidenceKind, caption: str = "") -> EvidenceItem:
    """Return a piece of evidence, a test buy with its order."""
    bought = PURCHASE if kind is EvidenceKind.TEST_BUY else None
    return EvidenceItem(
        case="00000001", place=place, at=SINCE, kind=kind, caption=caption, purchase=bought
    )


def right(kind: BrandRightKind | None) -> BrandRight | None:
    """Return a right of that kind, for a claim that rests on one."""
    if kind is None:
        return None
    return BrandRight(
        number=1,
        kind=kind,
        name="ALDER & FINCH",
        registration=NUMBER,
        country="US",
        classes="21",
        owner="Alder & Finch Ltd",
    )


def full(claim: Claim | None, **changes: object) -> Subject:
    """Return a subject of which everything is known."""
    subject = Subject(
        brand="Alder & Finch",
        claim=claim,
        site="amazon.com",
        products=tuple(
            ReportedProduct(asin, "Alder & Finch cast iron pan, 26 cm") for asin in ASINS
        ),
        seller=SELLER,
        seller_name=STORE,
        business="Bright Leaf Trading Ltd, 5 Harbour Road, Shenzhen",
        first_seen=SINCE,
        last_seen=NOW,
        noticed=SINCE,
        price=Money(Decimal("18.70"), "USD"),
        as_new=True,
        ships_from="CN",
        fulfilled="seller",
        positive=67,
        ratings=3,
        right=right(claim.right if claim else None),
        purchases=(PURCHASE,),
        evidence=tuple(
            piece(place, kind, f"view {place}") for place, kind in enumerate(EvidenceKind, 1)
        ),
        no_orders="The product is new in this country.",
    )
    return msgspec.structs.replace(subject, **changes)


def empty(claim: Claim | None, **changes: object) -> Subject:
    """Return a subject of which nothing is known."""
    subject = Subject(brand="", claim=claim, site="", products=())
    return msgspec.structs.replace(subject, **changes)


def told(text: str, claim: Claim) -> list[Objection]:
    """Return what the lint has against the words of a report."""
    report = Report(
        number=1,
        case="00000001",
        recommendation=Recommendation.INFRINGEMENT if claim.right else Recommendation.POLICY,
        claim=claim,
        marketplace="US",
        asins=ASINS,
        seller=SELLER if claim in ON_GOODS else "",
        grounds=Grounds.TEST_BUY,
        versions=(Version(text, NOW, BEN),),
        drafted_at=NOW,
        drafted_by=BEN,
    )
    bought = EvidenceItem(
        case=report.case, place=1, at=NOW, kind=EvidenceKind.TEST_BUY, purchase=PURCHASE
    )
    lint_input = LintInput(
        report=report,
        items=(bought,),
        right=None,
        allowed=False,
        left_alone=False,
        last_observation=LastObservation(there=True, seen_at=NOW),
        now=NOW,
    )
    return [each for rule in ON_TEXT for each in rule(lint_input)]
