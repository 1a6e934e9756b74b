"""The lint: what each rule catches, and what it must let through."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from bot.core.files import Upload
from bot.core.labeled import Recommendation
from bot.core.permissions import Person
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.lint_input import LastObservation, LintInput, Objection
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import Report, Version
from bot.features.reports.rules.lint import RULES, lint
from bot.features.rights.models import BrandRight, BrandRightKind, BrandRightStatus

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


def test_a_report_with_everything_passes() -> None:
    assert lint(GOOD) == ()
    assert lint(policy()) == ()


STOP, WARN = True, False
CATCHES: list[tuple[str, LintInput, str, bool]] = [
    ("left alone", changed(left_alone=True), "lawful-reseller", STOP),
    ("authorised", changed(allowed=True), "authorised-distributor", STOP),
    (
        "authorised, by policy",
        msgspec.structs.replace(policy(), allowed=True),
        "authorised-distributor",
        WARN,
    ),
    (
        "no pictures",
        without(EvidenceKind.CAPTURE, EvidenceKind.RECEIVED, EvidenceKind.GENUINE),
        "picture",
        STOP,
    ),
    (
        "deleted picture",
        changed(items=tuple(piece(each.kind, place=each.place, gone=True) for each in ALL)),
        "picture",
        STOP,
    ),
    (
        "no order record",
        without(EvidenceKind.ORDERS, EvidenceKind.TEST_BUY),
        "order-record",
        STOP,
    ),
    (
        "counterfeit without grounds",
        without(EvidenceKind.TEST_BUY, EvidenceKind.RECEIVED),
        "counterfeit-grounds",
        STOP,
    ),
    (
        "photos without stated differences",
        msgspec.structs.replace(
            without(EvidenceKind.TEST_BUY),
            report=msgspec.structs.replace(REPORT, grounds=Grounds.TEST_BUY),
        ),
        "counterfeit-grounds",
        STOP,
    ),
    ("nothing beside", without(EvidenceKind.GENUINE), "counterfeit-photos", WARN),
    ("said, not shown", without(EvidenceKind.TEST_BUY), "test-buy", STOP),
    (
        "differences alone",
        msgspec.structs.replace(
            without(EvidenceKind.TEST_BUY),
            report=msgspec.structs.replace(REPORT, grounds=Grounds.DIFFERENCES),
        ),
        "test-buy",
        WARN,
    ),
    (
        "one of two products",
        msgspec.structs.replace(
            with_text(TEXT + " B0ALDER002.", asins=("B0ALDER001", "B0ALDER002")),
            items=tuple(msgspec.structs.replace(each, asin="B0ALDER001") for each in ALL),
        ),
        "each-product",
        STOP,
    ),
    (
        "bought before they came",
        changed(last_observation=LastObservation(there=True, seen_at=NOW, first_seen=NOW)),
        "test-buy-date",
        WARN,
    ),
    ("no right", changed(right=None), "right", STOP),
    (
        "wrong kind",
        changed(right=msgspec.structs.replace(MARK, kind=BrandRightKind.PATENT)),
        "right",
        STOP,
    ),
    ("another country", changed(right=msgspec.structs.replace(MARK, country="DE")), "right", STOP),
    (
        "pending",
        changed(right=msgspec.structs.replace(MARK, status=BrandRightStatus.PENDING)),
        "right",
        STOP,
    ),
    (
        "expired",
        changed(right=msgspec.structs.replace(MARK, expires=date(2026, 11, 23))),
        "right",
        STOP,
    ),
    ("no number", changed(right=msgspec.structs.replace(MARK, registration="")), "right", STOP),
    (
        "gone",
        changed(
            last_observation=LastObservation(
                there=False, seen_at=NOW, gone_at=NOW - timedelta(hours=1)
            )
        ),
        "live",
        STOP,
    ),
    (
        "gone for long",
        changed(
            last_observation=LastObservation(
                there=False, seen_at=NOW, gone_at=NOW - timedelta(days=9)
            )
        ),
        "live",
        STOP,
    ),
    (
        "never seen",
        changed(last_observation=LastObservation(there=False, seen_at=None)),
        "live",
        WARN,
    ),
    (
        "seen long ago",
        changed(last_observation=LastObservation(there=True, seen_at=NOW - timedelta(hours=25))),
        "live",
        WARN,
    ),
    ("no ASIN", with_text(TEXT.replace("B0ALDER001", "it")), "vague", STOP),
    ("one of two ASINs", with_report(asins=("B0ALDER001", "B0ALDER002")), "vague", STOP),
    ("no seller", with_text(TEXT.replace("A1QX7ZP9KD4W2M", "them")), "vague", STOP),
    ("no date", with_text(TEXT.replace("2026-11", "Nov")), "vague", STOP),
    ("no order ID", with_text(TEXT.replace(ORDER, "made")), "vague", STOP),
    (
        "short",
        with_text(f"Fake B0ALDER001 by A1QX7ZP9KD4W2M, {ORDER}, 2026-11-24."),
        "vague",
        STOP,
    ),
    ("a blank", with_text(TEXT + " It [what differs]."), "blank", STOP),
    (
        "another claim's word",
        with_text(TEXT, claim=Claim.TRADEMARK),
        "one-violation",
        STOP,
    ),
    (
        "in German",
        with_text(CLEAN_TEXT + " Das ist eine Produktfälschung.", claim=Claim.TRADEMARK),
        "one-violation",
        STOP,
    ),
    (
        "not an infringement",
        with_text(TEXT + " They are an unauthorized seller."),
        "one-violation",
        WARN,
    ),
]


@pytest.mark.parametrize(
    ("lint_input", "rule", "stops"), [row[1:] for row in CATCHES], ids=[r[0] for r in CATCHES]
)
def test_what_would_be_rejected_is_caught(lint_input: LintInput, rule: str, stops: bool) -> None:
    assert found(lint_input).get(rule) is stops


PASSES: list[tuple[str, LintInput]] = [
    ("left alone is no matter of policy", msgspec.structs.replace(policy(), left_alone=True)),
    ("a test buy is an order record", without(EvidenceKind.ORDERS)),
    (
        "no order record, and why",
        msgspec.structs.replace(
            policy(Claim.TAKEOVER, no_orders="Never sold there"),
            items=(piece(EvidenceKind.CAPTURE),),
        ),
    ),
    (
        "a copyright needs no number",
        msgspec.structs.replace(
            with_text(CLEAN_TEXT, claim=Claim.COPYRIGHT),
            right=BrandRight(number=2, kind=BrandRightKind.COPYRIGHT, name="Photos", country="*"),
        ),
    ),
    (
        "about a page nobody has to be there",
        msgspec.structs.replace(
            policy(Claim.TAKEOVER, seller=""),
            last_observation=LastObservation(there=False, seen_at=None),
        ),
    ),
    (
        "bought on the day they came",
        changed(
            last_observation=LastObservation(
                there=True, seen_at=NOW, first_seen=datetime(2026, 11, 10, 23, tzinfo=UTC)
            )
        ),
    ),
    (
        "evidence of no product in particular",
        with_text(TEXT + " B0ALDER002.", asins=("B0ALDER001", "B0ALDER002")),
    ),
    (
        "seen within a day",
        changed(last_observation=LastObservation(there=True, seen_at=NOW - timedelta(hours=23))),
    ),
    ("the word in its own report", with_text(TEXT + " A fake, that is.")),
    ("a right that ends today", changed(right=msgspec.structs.replace(MARK, expires=NOW.date()))),
]


@pytest.mark.parametrize("lint_input", [row[1] for row in PASSES], ids=[row[0] for row in PASSES])
def test_what_amazon_takes_is_let_through(lint_input: LintInput) -> None:
    assert lint(lint_input) == ()


def test_each_rule_of_the_table_catches_something() -> None:
    for rule in RULES:
        assert any(list(rule(lint_input)) for _, lint_input, _, _ in CATCHES), rule.__name__


def test_errors_come_first_and_every_one_says_what_to_do() -> None:
    objections = lint(
        changed(items=(), right=None, last_observation=LastObservation(there=True, seen_at=None))
    )
    stops = [each.stops for each in objections]
    assert stops == sorted(stops, reverse=True)
    assert all(each.says.endswith(".") for each in objections)


def test_a_lawful_resellers_case_can_make_no_infringement_packet() -> None:
    for claim in (Claim.COUNTERFEIT, Claim.TRADEMARK, Claim.COPYRIGHT, Claim.PATENT):
        lint_input = msgspec.structs.replace(with_report(claim=claim), left_alone=True)
        assert any(each.stops for each in lint(lint_input))


def test_an_objection_leads_to_its_mending() -> None:
    [objection] = [each for each in lint(without(EvidenceKind.GENUINE)) if not each.stops]
    assert isinstance(objection, Objection)
    assert objection.fix == "collect"
