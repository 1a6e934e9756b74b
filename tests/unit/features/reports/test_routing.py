"""The router: which door each matter goes through, row by row, and why."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from bot.core.labeled import Recommendation
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import MATTERS, Grounds, Observation, RightValidity
from bot.features.reports.rules.routing import TABLE, Answers, best_right, route, validity_of
from bot.features.rights.models import BrandRight, BrandRightKind, BrandRightStatus

TODAY = date(2026, 11, 24)
EVERY = [
    Answers(seen=seen, grounds=grounds, validity=validity, allowed=allowed, amazon=amazon)
    for seen, grounds, validity, allowed, amazon in itertools.product(
        Observation, Grounds, RightValidity, (False, True), (False, True)
    )
]


def answers(
    seen: Observation,
    grounds: Grounds = Grounds.TEST_BUY,
    validity: RightValidity = RightValidity.GOOD,
    *,
    allowed: bool = False,
    amazon: bool = False,
) -> Answers:
    return Answers(seen=seen, grounds=grounds, validity=validity, allowed=allowed, amazon=amazon)


S, G = Observation, Grounds
ROWS = [
    # Amazon itself: no form is for its offers.
    (answers(S.COPY, amazon=True), Recommendation.LAWYER, None),
    (answers(S.NAME, allowed=True, amazon=True), Recommendation.LAWYER, None),
    (answers(S.USED, amazon=True), Recommendation.LAWYER, None),
    (answers(S.TAKEOVER, amazon=True), Recommendation.LAWYER, None),
    (answers(S.UNSURE, amazon=True), Recommendation.LAWFUL, None),
    (answers(S.PRICE, amazon=True), Recommendation.LAWFUL, None),
    (answers(S.REVIEWS, amazon=True), Recommendation.POLICY, Claim.REVIEWS),
    # Copies.
    (answers(S.COPY), Recommendation.INFRINGEMENT, Claim.COUNTERFEIT),
    (answers(S.COPY, G.DIFFERENCES), Recommendation.INFRINGEMENT, Claim.COUNTERFEIT),
    (answers(S.COPY, G.SUSPICION), Recommendation.COLLECT, None),
    (answers(S.COPY, validity=RightValidity.NONE), Recommendation.COLLECT, None),
    (answers(S.COPY, validity=RightValidity.PENDING), Recommendation.LAWYER, None),
    (answers(S.COPY, validity=RightValidity.EXPIRED), Recommendation.LAWYER, None),
    (answers(S.COPY, validity=RightValidity.ELSEWHERE), Recommendation.LAWYER, None),
    (answers(S.COPY, allowed=True), Recommendation.LAWYER, None),
    # Rights.
    (answers(S.NAME), Recommendation.INFRINGEMENT, Claim.TRADEMARK),
    (answers(S.NAME, validity=RightValidity.PENDING), Recommendation.LAWYER, None),
    (answers(S.NAME, allowed=True), Recommendation.LAWYER, None),
    (answers(S.CONTENT), Recommendation.INFRINGEMENT, Claim.COPYRIGHT),
    (answers(S.CONTENT, validity=RightValidity.NONE), Recommendation.COLLECT, None),
    (answers(S.INVENTION), Recommendation.INFRINGEMENT, Claim.PATENT),
    (answers(S.INVENTION, validity=RightValidity.EXPIRED), Recommendation.LAWYER, None),
    (answers(S.INVENTION, validity=RightValidity.ELSEWHERE), Recommendation.LAWYER, None),
    # Genuine goods.
    (answers(S.GENUINE), Recommendation.LAWFUL, None),
    (answers(S.GENUINE, allowed=True), Recommendation.LAWFUL, None),
    (answers(S.PRICE), Recommendation.LAWFUL, None),
    (answers(S.PRICE, allowed=True), Recommendation.LAWYER, None),
    (answers(S.MATERIAL), Recommendation.LAWYER, None),
    (answers(S.MATERIAL, allowed=True), Recommendation.LAWYER, None),
    (answers(S.UNSURE), Recommendation.AUTHORISATION, None),
    (answers(S.UNSURE, allowed=True), Recommendation.LAWFUL, None),
    # Policy: no right is needed, and an authorised seller may break it, too.
    (answers(S.USED, validity=RightValidity.NONE), Recommendation.POLICY, Claim.USED_AS_NEW),
    (answers(S.USED, allowed=True), Recommendation.POLICY, Claim.USED_AS_NEW),
    (answers(S.USED, G.SUSPICION), Recommendation.COLLECT, None),
    (answers(S.VERSION, validity=RightValidity.NONE), Recommendation.POLICY, Claim.WRONG_VERSION),
    (answers(S.PARTS, validity=RightValidity.NONE), Recommendation.POLICY, Claim.MISSING_PARTS),
    (answers(S.SERIAL, validity=RightValidity.NONE), Recommendation.POLICY, Claim.TAMPERED_SERIAL),
    (answers(S.TAKEOVER, G.SUSPICION, RightValidity.NONE), Recommendation.POLICY, Claim.TAKEOVER),
    (answers(S.VARIATION, G.SUSPICION, RightValidity.NONE), Recommendation.POLICY, Claim.VARIATION),
    (answers(S.DUPLICATE, G.SUSPICION, RightValidity.NONE), Recommendation.POLICY, Claim.DUPLICATE),
    (answers(S.KEYWORDS, G.SUSPICION, RightValidity.NONE), Recommendation.POLICY, Claim.KEYWORDS),
    (answers(S.REVIEWS, G.SUSPICION, RightValidity.NONE), Recommendation.POLICY, Claim.REVIEWS),
]


@pytest.mark.parametrize(("given", "door", "claim"), ROWS)
def test_a_matter_goes_through_its_own_door(
    given: Answers, door: Recommendation, claim: Claim
) -> None:
    found = route(given)
    assert (found.recommendation, found.claim) == (door, claim)
    assert found.reasons


def test_every_combination_of_answers_has_a_door_and_every_row_of_the_table_is_reached() -> None:
    reached = {
        index
        for given in EVERY
        for index in [next(n for n, row in enumerate(TABLE) if row.fits(given))]
    }
    assert reached == set(range(len(TABLE)))


def test_something_is_claimed_just_where_something_is_filed() -> None:
    for given in EVERY:
        found = route(given)
        assert (found.claim is not None) == found.recommendation.files


def test_nobody_is_called_a_counterfeiter_on_suspicion_or_without_a_registered_mark() -> None:
    for given in EVERY:
        if route(given).claim is Claim.COUNTERFEIT:
            assert given.seen is Observation.COPY
            assert given.grounds is not Grounds.SUSPICION
            assert given.validity is RightValidity.GOOD
            assert not given.allowed


def test_a_lawful_reseller_is_never_reported_for_infringement() -> None:
    for given in EVERY:
        if (
            given.seen in (Observation.GENUINE, Observation.PRICE, Observation.UNSURE)
            or given.allowed
        ):
            assert route(given).recommendation is not Recommendation.INFRINGEMENT


def test_every_matter_that_a_person_can_choose_is_in_just_one_group() -> None:
    offered = [seen for _, details in MATTERS.values() for seen in details]
    assert sorted(offered) == sorted(Observation)


PATENT, DESIGN = BrandRightKind.PATENT, BrandRightKind.DESIGN
COPYRIGHT = BrandRightKind.COPYRIGHT
PENDING, LAPSED = BrandRightStatus.PENDING, BrandRightStatus.LAPSED


def right(number: int = 1, **changes: object) -> BrandRight:
    facts: dict[str, object] = {
        "kind": BrandRightKind.TRADEMARK,
        "name": "ALDER",
        "registration": "7",
        "country": "US",
    }
    return BrandRight(number=number, **{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own", "market", "validity"),
    [
        (right(), "US", RightValidity.GOOD),
        (right(), "DE", RightValidity.ELSEWHERE),
        (right(country="EU"), "DE", RightValidity.GOOD),
        (right(country="EU"), "UK", RightValidity.ELSEWHERE),
        (right(country="GB"), "UK", RightValidity.GOOD),
        (right(country="*", kind=BrandRightKind.COPYRIGHT), "JP", RightValidity.GOOD),
        (right(status=BrandRightStatus.PENDING), "US", RightValidity.PENDING),
        (right(status=BrandRightStatus.LAPSED), "US", RightValidity.EXPIRED),
        (right(expires=date(2026, 5, 23)), "US", RightValidity.EXPIRED),
        # About six months after its term a mark may live on; nothing else does.
        (right(expires=date(2026, 5, 25)), "US", RightValidity.GRACE),
        (right(expires=date(2026, 11, 23)), "US", RightValidity.GRACE),
        (right(expires=date(2026, 11, 23)), "DE", RightValidity.ELSEWHERE),
        (right(expires=date(2026, 11, 23), kind=PATENT), "US", RightValidity.EXPIRED),
        (right(expires=date(2026, 11, 23), kind=DESIGN), "US", RightValidity.EXPIRED),
        (right(expires=date(2026, 11, 23), status=LAPSED), "US", RightValidity.EXPIRED),
        # Benelux, international and European rights.
        (right(country="BX"), "NL", RightValidity.GOOD),
        (right(country="BX"), "BE", RightValidity.GOOD),
        (right(country="BX"), "DE", RightValidity.ELSEWHERE),
        (right(country="WO", countries=("DE", "GB")), "DE", RightValidity.GOOD),
        (right(country="WO", countries=("DE", "GB")), "UK", RightValidity.GOOD),
        (right(country="WO", countries=("DE", "GB")), "US", RightValidity.ELSEWHERE),
        (right(country="WO", countries=("EU",)), "ES", RightValidity.GOOD),
        (right(country="WO", countries=("BX",)), "NL", RightValidity.GOOD),
        (right(country="WO"), "DE", RightValidity.UNKNOWN),
        (right(country="EP", kind=PATENT), "DE", RightValidity.UNKNOWN),
        (right(country="EP", kind=PATENT, countries=("DE",)), "DE", RightValidity.GOOD),
        (right(country="EP", kind=PATENT, countries=("DE",)), "FR", RightValidity.ELSEWHERE),
        (right(country="UP", kind=PATENT), "DE", RightValidity.GOOD),
        (right(country="UP", kind=PATENT), "ES", RightValidity.ELSEWHERE),
        (right(country="UP", kind=PATENT), "PL", RightValidity.UNKNOWN),
        (right(country="UP", kind=PATENT), "UK", RightValidity.ELSEWHERE),
        (right(country="EU", kind=PATENT), "ES", RightValidity.ELSEWHERE),
        (right(country="EU", kind=DESIGN), "IT", RightValidity.GOOD),
        (right(country="EU"), "ES", RightValidity.GOOD),
        (right(country="UK"), "UK", RightValidity.GOOD),
        # Copyright counts everywhere, whatever an earlier version noted of it.
        (right(country="US", kind=COPYRIGHT), "DE", RightValidity.GOOD),
        (right(country="US", kind=COPYRIGHT, status=PENDING), "DE", RightValidity.GOOD),
        (right(country="US", kind=COPYRIGHT, status=LAPSED), "JP", RightValidity.GOOD),
        (right(expires=TODAY), "US", RightValidity.GOOD),
        (None, "US", RightValidity.NONE),
    ],
)
def test_what_a_right_is_worth_in_a_marketplace(
    own: BrandRight | None, market: str, validity: RightValidity
) -> None:
    assert validity_of(own, market, TODAY) is validity


def test_the_right_that_is_worth_most_there_is_taken() -> None:
    pending, american, german = (
        right(1, status=BrandRightStatus.PENDING),
        right(2),
        right(3, country="DE"),
    )
    register = (pending, american, german)
    assert best_right(register, BrandRightKind.TRADEMARK, "DE", TODAY) is german
    assert best_right(register, BrandRightKind.TRADEMARK, "US", TODAY) is american
    assert best_right(register, BrandRightKind.PATENT, "US", TODAY) is None
