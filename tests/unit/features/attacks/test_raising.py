"""An attack joins the case that it belongs to, whatever that case began with."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.core.findings import ATTACK, Finding, Severity
from bot.core.labeled import AttackKind
from bot.core.permissions import Person
from bot.features.attacks.models import Attack, Frequency, SourceKind
from bot.features.attacks.rules.raising import GRAVE, findings
from bot.features.cases.models.cases import Case
from bot.features.cases.rules.correlation import open_case
from tests.cases import for_each
from tests.unit.features.attacks.worlds import NOW

SELLER = "A1QX7ZP9KD4W2M"
DAY = date(2026, 11, 24)
LOGGED = Attack(
    number=3,
    kind=AttackKind.REVIEW_BOMBING,
    began_at=NOW,
    marketplace="US",
    case=0,
    logged_by=Person("ana", "Ana"),
    logged_at=NOW,
)


def raised(attack: Attack, case: Case | None = None) -> list[Finding]:
    return findings(attack, DAY, {"B0ALDER001": "Pan 1"}, case)


def by_seller(**changes: object) -> Attack:
    return msgspec.structs.replace(LOGGED, source_kind=SourceKind.SELLER, source=SELLER, **changes)


def case_of(signal: str, asin: str = "", seller: str = "", about: str = "") -> Case:
    """Return a case as the watch, or somebody, opens it."""
    finding = Finding(
        signal=signal,
        asin=asin,
        seller=seller,
        about=about,
        marketplace="US",
        at=NOW,
        severity=Severity.WARNING,
        headline="It began",
    )
    return open_case(12, finding).case


def test_an_attack_without_a_product_is_a_case_of_its_own() -> None:
    [finding] = raised(LOGGED)
    assert (finding.signal, finding.asin, finding.fingerprint) == (ATTACK, "", "US/attack-3")
    assert (finding.headline, finding.brief) == ("Review bombing", "review bombing")


def test_each_product_is_a_finding_of_the_same_case() -> None:
    attack = msgspec.structs.replace(LOGGED, asins=("B0ALDER001", "B0ALDER002"))
    found = raised(attack)
    assert [each.asin for each in found] == ["B0ALDER001", "B0ALDER002"]
    assert {each.fingerprint for each in found} == {"US/attack-3"}
    assert [each.headline for each in found] == [
        "Review bombing on 2 products: Pan 1",
        "Review bombing on 2 products: B0ALDER002",
    ]


def test_what_a_seller_did_joins_the_sellers_case() -> None:
    [finding] = raised(by_seller(asins=("B0ALDER001",)))
    assert finding.fingerprint == case_of("seller", seller=SELLER).fingerprint
    assert finding.headline == "Review bombing: Pan 1"


@for_each(
    "case",
    [
        case_of("seller", "B0ALDER001", seller=SELLER),
        case_of("buy-box", "B0ALDER001"),
        case_of("price-floor", "B0ALDER001"),
        case_of("hidden-sellers", "B0ALDER002"),
        case_of(ATTACK, about="attack-1"),
        case_of("problem", about="problem/security/users"),
    ],
)
@for_each("attack", [LOGGED, by_seller(), by_seller(asins=("B0OTHER001",))])
def test_from_a_case_it_joins_that_case(case: Case, attack: Attack) -> None:
    assert {each.fingerprint for each in raised(attack, case)} == {case.fingerprint}


@for_each("kind", AttackKind)
def test_what_cannot_wait_is_critical(kind: AttackKind) -> None:
    [finding] = raised(msgspec.structs.replace(LOGGED, kind=kind))
    assert (finding.severity is Severity.CRITICAL) is (kind in GRAVE)
    assert {kind.value for kind in GRAVE} == {
        "intrusion",
        "takeover",
        "false-complaint",
        "leaked-key",
    }


def test_the_facts_say_who_when_and_what_it_did() -> None:
    attack = by_seller(frequency=Frequency.DAILY, damage="12 one-star reviews")
    [finding] = raised(attack)
    assert [(fact.label, fact.value) for fact in finding.facts] == [
        ("Who", f"seller {SELLER}"),
        ("How often", "Every day, since 24 Nov 2026"),
        ("Damage", "12 one-star reviews"),
        ("Logged by", "Ana as A-3"),
    ]
    [alone] = raised(LOGGED)
    assert [fact.value for fact in alone.facts] == [
        "unknown",
        "Once, on 24 Nov 2026",
        "Ana as A-3",
    ]
