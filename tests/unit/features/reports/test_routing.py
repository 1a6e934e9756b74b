"""The router's table: complete, without a dead row, and never against a lawful reseller."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from functools import cache

from bot.core.labeled import Recommendation
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import (
    MATTERS,
    OF_GENUINE,
    OF_WRONG,
    Grounds,
    Observation,
    Origin,
    RightValidity,
)
from bot.features.reports.models.routes import Answers, Route
from bot.features.reports.rules.routing import TABLE, best_right, validity_of
from bot.features.rights.models import BrandRight, BrandRightKind, BrandRightStatus
from tests.cases import for_each

TODAY = date(2026, 11, 24)
PROVEN = (Grounds.TEST_BUY, Grounds.DIFFERENCES)
SELLERS: list[dict[str, bool]] = [{}, {"allowed": True}, {"lawful": True}, {"amazon": True}]
EVERY = [
    Answers(
        seen=seen,
        marketplace=market,
        grounds=grounds,
        origin=origin,
        validity=validity,
        tried=tried,
        **seller,
    )
    for seen, market, grounds, origin, validity, tried, seller in itertools.product(
        Observation, ("US", "DE", "JP"), Grounds, Origin, RightValidity, (False, True), SELLERS
    )
]


@cache
def rows() -> list[int]:
    """The place of the row that decides, for each."""
    return [next(place for place, row in enumerate(TABLE) if row.fits(given)) for given in EVERY]


def leads() -> Iterator[tuple[Answers, Route]]:
    return ((given, TABLE[place].route) for given, place in zip(EVERY, rows(), strict=True))


def test_every_combination_of_answers_has_a_door_and_every_row_of_the_table_is_reached() -> None:
    assert set(rows()) == set(range(len(TABLE)))


def test_something_is_claimed_just_where_something_is_filed() -> None:
    for row in TABLE:
        assert (row.route.claim is not None) == row.route.recommendation.files


def test_every_route_says_why_and_what_that_rests_on() -> None:
    for row in TABLE:
        assert row.route.reasons
        assert row.route.source.words


def test_nothing_is_told_as_amazons_rule_that_amazon_does_not_say() -> None:
    for row in TABLE:
        said = " ".join(row.route.reasons)
        if not row.route.source.amazons:
            for words in ("Amazon accepts", "Amazon rejects", "Amazon wants", "Amazon's rule"):
                assert words not in said


def test_nobody_is_called_a_counterfeiter_on_suspicion_or_without_a_registered_mark() -> None:
    for given, found in leads():
        if found.claim is Claim.COUNTERFEIT:
            assert given.seen is Observation.COPY
            assert given.grounds in PROVEN
            assert given.validity is RightValidity.GOOD
            assert not any((given.allowed, given.lawful, given.amazon))


def test_a_lawful_reseller_is_never_reported_for_infringement() -> None:
    resold = (Observation.GENUINE, Observation.PRICE, Observation.UNSURE)
    for given, found in leads():
        if given.seen in resold or given.allowed or given.lawful:
            assert found.recommendation is not Recommendation.INFRINGEMENT


def test_a_right_that_may_not_count_leads_to_no_infringement_report_but_copyright() -> None:
    for given, found in leads():
        if found.claim is not None and found.claim.right and found.claim is not Claim.COPYRIGHT:
            assert given.validity is RightValidity.GOOD


def test_where_the_law_of_resale_is_not_known_nothing_is_called_lawful_for_it() -> None:
    for given, found in leads():
        if given.marketplace == "JP" and given.seen in (Observation.GENUINE, Observation.PRICE):
            known = given.allowed or given.lawful or given.amazon
            assert known or found.recommendation is Recommendation.ASK


def test_legal_advice_is_disclaimed_where_law_is_told_and_not_on_plain_reports() -> None:
    for row in TABLE:
        if row.route.recommendation is Recommendation.LAWYER:
            assert row.route.law
        if row.route.recommendation.files:
            assert not row.route.law


def test_every_matter_that_a_person_can_choose_is_in_just_one_group() -> None:
    offered = [seen for _, details in MATTERS.values() for seen in details]
    assert sorted(offered) == sorted(Observation)


def test_every_way_to_know_can_be_chosen() -> None:
    assert {*OF_WRONG, *OF_GENUINE} == set(Grounds)


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


@for_each(
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
