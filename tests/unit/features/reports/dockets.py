"""Reports with all that the lint has to know of them, whole and with something missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec

from bot.core.files import Upload
from bot.core.labeled import Recommendation
from bot.core.permissions import Person
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.lint_input import LastObservation, LintInput
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import Report, Version
from bot.features.reports.rules.lint import lint
from bot.features.rights.models import BrandRight, BrandRightKind

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BEN = Person("ben", "Ben")
ORDER = "123-1234567-1234567"
TEXT = (
    "We report a counterfeit product on B0ALDER001 sold by A1QX7ZP9KD4W2M, seen 2026-11-24 10:00 "
    f"UTC. Test buy {ORDER}, arrived 2026-11-20. Observed: the logo is printed; on the genuine "
    "product it is embossed. Verified by comparing both side by side under a lens."
)
CLEAN_TEXT = TEXT.replace("a counterfeit product", "a listing")


def piece(kind: EvidenceKind, *, place: int = 1, gone: bool = False) -> EvidenceItem:
    pictures = (EvidenceKind.CAPTURE, EvidenceKind.RECEIVED, EvidenceKind.GENUINE)
    media = "image/png" if kind in pictures else "text/csv"
    bought = Purchase(order=ORDER, ordered_on=date(2026, 11, 10), observed="x", verified="y")
    return EvidenceItem(
        case="00000001",
        place=place,
        at=NOW,
        kind=kind,
        file=None if kind is EvidenceKind.TEST_BUY else Upload("x", media, 1, "ab" * 32),
        purchase=bought if kind is EvidenceKind.TEST_BUY else None,
        deleted_at=NOW if gone else None,
    )


ALL = tuple(
    piece(kind, place=place)
    for place, kind in enumerate(
        (
            EvidenceKind.CAPTURE,
            EvidenceKind.RECEIVED,
            EvidenceKind.GENUINE,
            EvidenceKind.ORDERS,
            EvidenceKind.TEST_BUY,
        ),
        start=1,
    )
)
MARK = BrandRight(
    number=1, kind=BrandRightKind.TRADEMARK, name="ALDER", registration="7123456", country="US"
)
REPORT = Report(
    number=1,
    case="00000001",
    recommendation=Recommendation.INFRINGEMENT,
    claim=Claim.COUNTERFEIT,
    marketplace="US",
    asins=("B0ALDER001",),
    seller="A1QX7ZP9KD4W2M",
    grounds=Grounds.TEST_BUY,
    right=MARK.key,
    versions=(Version(TEXT, NOW, BEN),),
    drafted_at=NOW,
    drafted_by=BEN,
)
GOOD = LintInput(
    report=REPORT,
    items=ALL,
    right=MARK,
    allowed=False,
    left_alone=False,
    last_observation=LastObservation(there=True, seen_at=NOW - timedelta(minutes=5)),
    now=NOW,
)


def with_report(**changes: object) -> LintInput:
    return msgspec.structs.replace(GOOD, report=msgspec.structs.replace(REPORT, **changes))


def with_text(text: str, **changes: object) -> LintInput:
    return with_report(versions=(Version(text, NOW, BEN),), **changes)


def changed(**changes: object) -> LintInput:
    return msgspec.structs.replace(GOOD, **changes)


def without(*kinds: EvidenceKind) -> LintInput:
    return changed(items=tuple(each for each in ALL if each.kind not in kinds))


def policy(claim: Claim = Claim.USED_AS_NEW, **changes: object) -> LintInput:
    clean = with_text(
        CLEAN_TEXT, recommendation=Recommendation.POLICY, claim=claim, right="", **changes
    )
    return msgspec.structs.replace(clean, right=None)


def found(lint_input: LintInput) -> dict[str, bool]:
    """Return the rules that object, and whether they stop the packet."""
    return {each.rule: each.stops for each in lint(lint_input)}


def in_force(claim: Claim) -> BrandRight | None:
    """Return a registered right that such a claim rests on."""
    return msgspec.structs.replace(MARK, kind=claim.right) if claim.right else None
