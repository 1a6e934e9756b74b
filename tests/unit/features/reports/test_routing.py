"""The router: which door each matter goes through, row by row, and why."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from bot.features.reports.models.claims import Claim, Door
from bot.features.reports.models.observations import MATTERS, Grounds, Seen, Standing
from bot.features.reports.rules.routing import TABLE, Answers, best_right, route, standing_of
from bot.features.rights.models import Right, RightKind, RightStatus

TODAY = date(2026, 11, 24)
EVERY = [
    Answers(seen=seen, grounds=grounds, standing=standing, allowed=allowed)
    for seen, grounds, standing, allowed in itertools.product(
        Seen, Grounds, Standing, (False, True)
    )
]


def answers(
    seen: Seen,
    grounds: Grounds = Grounds.TEST_BUY,
    standing: Standing = Standing.GOOD,
    *,
    allowed: bool = False,
) -> Answers:
    return Answers(seen=seen, grounds=grounds, standing=standing, allowed=allowed)


S, G = Seen, Grounds
ROWS = [
    # Copies.
    (answers(S.COPY), Door.INFRINGEMENT, Claim.COUNTERFEIT),
    (answers(S.COPY, G.DIFFERENCES), Door.INFRINGEMENT, Claim.COUNTERFEIT),
    (answers(S.COPY, G.SUSPICION), Door.COLLECT, None),
    (answers(S.COPY, standing=Standing.NONE), Door.COLLECT, None),
    (answers(S.COPY, standing=Standing.PENDING), Door.LAWYER, None),
    (answers(S.COPY, standing=Standing.EXPIRED), Door.LAWYER, None),
    (answers(S.COPY, standing=Standing.ELSEWHERE), Door.LAWYER, None),
    (answers(S.COPY, allowed=True), Door.LAWYER, None),
    # Rights.
    (answers(S.NAME), Door.INFRINGEMENT, Claim.TRADEMARK),
    (answers(S.NAME, standing=Standing.PENDING), Door.LAWYER, None),
    (answers(S.NAME, allowed=True), Door.LAWYER, None),
    (answers(S.CONTENT), Door.INFRINGEMENT, Claim.COPYRIGHT),
    (answers(S.CONTENT, standing=Standing.NONE), Door.COLLECT, None),
    (answers(S.INVENTION), Door.INFRINGEMENT, Claim.PATENT),
    (answers(S.INVENTION, standing=Standing.EXPIRED), Door.LAWYER, None),
    (answers(S.INVENTION, standing=Standing.ELSEWHERE), Door.LAWYER, None),
    # Genuine goods.
    (answers(S.GENUINE), Door.LAWFUL, None),
    (answers(S.GENUINE, allowed=True), Door.LAWFUL, None),
    (answers(S.PRICE), Door.LAWFUL, None),
    (answers(S.PRICE, allowed=True), Door.LAWYER, None),
    (answers(S.MATERIAL), Door.LAWYER, None),
    (answers(S.MATERIAL, allowed=True), Door.LAWYER, None),
    (answers(S.UNSURE), Door.AUTHORISATION, None),
    (answers(S.UNSURE, allowed=True), Door.LAWFUL, None),
    # Policy: no right is needed, and an authorised seller may break it, too.
    (answers(S.USED, standing=Standing.NONE), Door.POLICY, Claim.USED_AS_NEW),
    (answers(S.USED, allowed=True), Door.POLICY, Claim.USED_AS_NEW),
    (answers(S.USED, G.SUSPICION), Door.COLLECT, None),
    (answers(S.VERSION, standing=Standing.NONE), Door.POLICY, Claim.WRONG_VERSION),
    (answers(S.PARTS, standing=Standing.NONE), Door.POLICY, Claim.MISSING_PARTS),
    (answers(S.SERIAL, standing=Standing.NONE), Door.POLICY, Claim.TAMPERED_SERIAL),
    (answers(S.TAKEOVER, G.SUSPICION, Standing.NONE), Door.POLICY, Claim.TAKEOVER),
    (answers(S.VARIATION, G.SUSPICION, Standing.NONE), Door.POLICY, Claim.VARIATION),
    (answers(S.DUPLICATE, G.SUSPICION, Standing.NONE), Door.POLICY, Claim.DUPLICATE),
    (answers(S.KEYWORDS, G.SUSPICION, Standing.NONE), Door.POLICY, Claim.KEYWORDS),
    (answers(S.REVIEWS, G.SUSPICION, Standing.NONE), Door.POLICY, Claim.REVIEWS),
]


@pytest.mark.parametrize(("given", "door", "claim"), ROWS)
def test_a_matter_goes_through_its_own_door(given: Answers, door: Door, claim: Claim) -> None:
    found = route(given)
    assert (found.door, found.claim) == (door, claim)
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
        assert (found.claim is not None) == found.door.files


def test_nobody_is_called_a_counterfeiter_on_suspicion_or_without_a_registered_mark() -> None:
    for given in EVERY:
        if route(given).claim is Claim.COUNTERFEIT:
            assert given.seen is Seen.COPY
            assert given.grounds is not Grounds.SUSPICION
            assert given.standing is Standing.GOOD
            assert not given.allowed


def test_a_lawful_reseller_is_never_reported_for_infringement() -> None:
    for given in EVERY:
        if given.seen in (Seen.GENUINE, Seen.PRICE, Seen.UNSURE) or given.allowed:
            assert route(given).door is not Door.INFRINGEMENT


def test_every_matter_that_a_person_can_choose_is_in_just_one_group() -> None:
    offered = [seen for _, details in MATTERS.values() for seen in details]
    assert sorted(offered) == sorted(Seen)


def right(number: int = 1, **changes: object) -> Right:
    facts: dict[str, object] = {
        "kind": RightKind.TRADEMARK,
        "name": "ALDER",
        "registration": "7",
        "country": "US",
    }
    return Right(number=number, **{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own", "market", "standing"),
    [
        (right(), "US", Standing.GOOD),
        (right(), "DE", Standing.ELSEWHERE),
        (right(country="EU"), "DE", Standing.GOOD),
        (right(country="EU"), "UK", Standing.ELSEWHERE),
        (right(country="GB"), "UK", Standing.GOOD),
        (right(country="*", kind=RightKind.COPYRIGHT), "JP", Standing.GOOD),
        (right(status=RightStatus.PENDING), "US", Standing.PENDING),
        (right(status=RightStatus.LAPSED), "US", Standing.EXPIRED),
        (right(expires=date(2026, 11, 23)), "US", Standing.EXPIRED),
        (right(expires=TODAY), "US", Standing.GOOD),
        (None, "US", Standing.NONE),
    ],
)
def test_what_a_right_is_worth_in_a_marketplace(
    own: Right | None, market: str, standing: Standing
) -> None:
    assert standing_of(own, market, TODAY) is standing


def test_the_right_that_is_worth_most_there_is_taken() -> None:
    pending, american, german = (
        right(1, status=RightStatus.PENDING),
        right(2),
        right(3, country="DE"),
    )
    register = (pending, american, german)
    assert best_right(register, RightKind.TRADEMARK, "DE", TODAY) is german
    assert best_right(register, RightKind.TRADEMARK, "US", TODAY) is american
    assert best_right(register, RightKind.PATENT, "US", TODAY) is None
