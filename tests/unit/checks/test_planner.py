"""Which question is asked next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions import BY_SKU, OFFERS, Bucket, Operation, Question
from checks.agenda import PollingAgenda, Urgency
from checks.planner import AHEAD, ON_DEMAND, next_questions, round_of
from tests.unit.checks.planning import buckets, group, put

NOW = 1000.0
ITEM, ITEMS = Operation.ITEM_OFFERS, Operation.ITEM_OFFERS_BATCH
LISTING, LISTINGS = Operation.LISTING_OFFERS, Operation.LISTING_OFFERS_BATCH


def asked(agenda: PollingAgenda, *spent: Operation) -> dict[Operation, Question]:
    questions = next_questions(agenda, buckets("eu", *spent), NOW)
    found = {question.operation: question for question in questions}
    assert len(found) == len(questions)
    return found


def test_nothing_due_asks_nothing() -> None:
    agenda = PollingAgenda()
    assert next_questions(agenda, buckets(), NOW) == []
    put(agenda, "DE", 30, NOW + 1)
    assert next_questions(agenda, buckets(), NOW) == []


def test_what_is_due_goes_in_one_batch_first_due_first() -> None:
    agenda = PollingAgenda()
    keys = put(agenda, "DE", 50, NOW - 100, step=1)
    assert asked(agenda) == {ITEMS: Question(ITEMS, "DE", tuple(keys[:20]))}


def test_a_plan_changes_nothing() -> None:
    agenda = PollingAgenda()
    put(agenda, "DE", 50, NOW - 100)
    put(agenda, "DE", 5, NOW - 100, Urgency.CONFIRMATION)
    first = next_questions(agenda, buckets(), NOW)
    assert first == next_questions(agenda, buckets(), NOW)
    assert len(agenda) == 55


def test_each_batch_is_of_one_marketplace_the_most_overdue_first() -> None:
    agenda = PollingAgenda()
    put(agenda, "DE", 6, NOW - 5)
    french = put(agenda, "FR", 30, NOW - 10)
    put(agenda, "UK", 20, NOW - 5)
    assert asked(agenda)[ITEMS] == Question(ITEMS, "FR", tuple(french[:20]))


def test_marketplaces_take_turns() -> None:
    agenda = PollingAgenda()
    for place, code in enumerate(("DE", "FR", "IT")):
        put(agenda, code, 40, NOW - 100 + place, step=1)
    turns = []
    for _ in range(6):
        question = asked(agenda)[ITEMS]
        turns.append(question.marketplace)
        for key in question.keys:
            agenda.remove(key)
    assert turns == ["DE", "FR", "IT", "DE", "FR", "IT"]


def test_a_free_place_is_filled_with_what_is_due_soon() -> None:
    agenda = PollingAgenda(lead=60)
    due = put(agenda, "DE", 3, NOW)
    for number in range(30):
        agenda.put(f"soon-{number:02}", group("DE"), Urgency.REGULAR, NOW + 1 + number * 10)
    keys = asked(agenda)[ITEMS].keys
    assert keys[:3] == tuple(due)
    assert keys[3:] == tuple(f"soon-{number:02}" for number in range(6))


def test_a_doubt_goes_alone_beside_the_batch_and_never_before_its_time() -> None:
    agenda = PollingAgenda(lead=600)
    put(agenda, "DE", 3000, NOW - 5000)
    [doubt, *_] = put(agenda, "DE", 1, NOW, Urgency.CONFIRMATION)
    agenda.put("later", group("DE"), Urgency.CONFIRMATION, NOW + 1)
    questions = asked(agenda)
    assert questions[ITEM] == Question(ITEM, "DE", (doubt,))
    assert not {doubt, "later"} & set(questions[ITEMS].keys)


def test_a_doubt_about_a_product_of_ours_goes_by_its_sku() -> None:
    agenda = PollingAgenda()
    [doubt] = put(agenda, "DE", 1, NOW, Urgency.CONFIRMATION, own=True)
    assert asked(agenda) == {LISTING: Question(LISTING, "DE", (doubt,))}


def test_doubts_beyond_the_single_quota_are_at_the_front_of_the_next_batch() -> None:
    agenda = PollingAgenda()
    put(agenda, "FR", 3000, NOW - 5000)
    doubts = put(agenda, "DE", 8, NOW - 1, Urgency.CONFIRMATION, step=0.1)
    german = put(agenda, "DE", 30, NOW)
    questions = asked(agenda)
    assert questions[ITEM].keys == (doubts[0],)
    assert questions[ITEMS] == Question(ITEMS, "DE", (*doubts[1:], *german[:13]))


def test_doubts_go_before_people_and_people_before_nobody() -> None:
    agenda = PollingAgenda()
    [person] = put(agenda, "DE", 1, NOW - 50, Urgency.DEMAND)
    [doubt] = put(agenda, "FR", 1, NOW, Urgency.CONFIRMATION)
    questions = asked(agenda)
    assert questions[ITEM].keys == (doubt,)
    assert questions[ITEMS].keys == (person,)


def test_people_take_a_few_places_of_a_batch_and_do_not_choose_it() -> None:
    agenda = PollingAgenda()
    due = put(agenda, "DE", 100, NOW - 1)
    put(agenda, "FR", 50, NOW - 500, Urgency.DEMAND)
    people = put(agenda, "DE", 50, NOW - 500, Urgency.DEMAND)
    question = asked(agenda, ITEM)[ITEMS]
    assert question.marketplace == "DE"
    assert question.keys == (*people[:ON_DEMAND], *due[: 20 - ON_DEMAND])


def test_people_get_the_places_that_nobody_else_needs() -> None:
    agenda = PollingAgenda()
    due = put(agenda, "DE", 3, NOW - 1)
    people = put(agenda, "DE", 50, NOW - 500, Urgency.DEMAND)
    keys = asked(agenda, ITEM)[ITEMS].keys
    assert keys == (*people[:5], *due, *people[5:17])


def test_a_spent_quota_asks_nothing_and_holds_no_other_up() -> None:
    agenda = PollingAgenda()
    put(agenda, "DE", 50, NOW - 1)
    put(agenda, "DE", 50, NOW - 1, own=True)
    assert set(asked(agenda, ITEMS)) == {LISTINGS}


def test_a_question_is_chosen_a_moment_before_its_token_comes() -> None:
    agenda = PollingAgenda()
    put(agenda, "DE", 50, NOW - 1)
    bucket = Bucket(operation=ITEMS, region="eu", tokens=0.0, interval=10.0)
    assert next_questions(agenda, [bucket], NOW) == []
    soon = Bucket(operation=ITEMS, region="eu", tokens=1 - AHEAD / 10, interval=10.0)
    assert len(next_questions(agenda, [soon], NOW)) == 1


def test_a_pause_that_amazon_asked_for_is_kept() -> None:
    agenda = PollingAgenda()
    put(agenda, "DE", 50, NOW - 1)
    bucket = Bucket(operation=ITEMS, region="eu", tokens=1.0, interval=10.0, pause=30.0)
    assert next_questions(agenda, [bucket], NOW) == []
    assert bucket.eta() == 30


def test_too_many_open_answers_hold_the_next_question_back() -> None:
    agenda = PollingAgenda()
    put(agenda, "DE", 50, NOW - 1)
    bucket = Bucket(operation=ITEMS, region="eu", tokens=1.0, interval=10.0, room=0)
    assert next_questions(agenda, [bucket], NOW) == []


codes = st.sampled_from(["DE", "FR", "US", "JP"])
products = st.lists(
    st.tuples(codes, st.booleans(), st.sampled_from(Urgency), st.integers(-50, 50)), max_size=120
)
tokens = st.lists(st.floats(-2, 3), min_size=4, max_size=4)


@given(products, tokens)
def test_a_plan_never_asks_twice_early_mixed_or_beyond_its_quota(
    several: list[tuple[str, bool, Urgency, int]], held: list[float]
) -> None:
    agenda = PollingAgenda(lead=20)
    places = {}
    for number, (code, own, urgency, offset) in enumerate(several):
        place = (group(code, own=own), urgency, NOW + offset)
        agenda.put(f"P{number}", *place)
        places[f"P{number}"] = place
    quotas = [
        Bucket(operation=operation, region=region, tokens=held[place], interval=1 / operation.rate)
        for region in ("eu", "na", "fe")
        for place, operation in enumerate(OFFERS)
    ]
    questions = next_questions(agenda, quotas, NOW)
    keys = [key for question in questions for key in question.keys]
    assert len(keys) == len(set(keys))
    for question in questions:
        assert 1 <= len(question.keys) <= question.operation.products
        for key in question.keys:
            where, urgency, due_at = places[key]
            assert where == group(question.marketplace, own=question.operation in BY_SKU)
            assert due_at <= NOW + (20 if urgency is Urgency.REGULAR else 0)
    for bucket in quotas:
        sent = [
            question
            for question in questions
            if question.operation is bucket.operation
            and group(question.marketplace).region == bucket.region
        ]
        assert len(sent) <= bucket.ready(AHEAD)


@given(products)
def test_a_batch_is_full_where_enough_are_due(
    several: list[tuple[str, bool, Urgency, int]],
) -> None:
    agenda = PollingAgenda()
    due: dict[tuple[str, bool], int] = {}
    for number, (code, own, _, offset) in enumerate(several):
        agenda.put(f"P{number}", group(code, own=own), Urgency.REGULAR, NOW + offset)
        due[code, own] = due.get((code, own), 0) + (offset <= 0)
    quotas = [each for region in ("eu", "na", "fe") for each in buckets(region)]
    for question in next_questions(agenda, quotas, NOW):
        own = question.operation in BY_SKU
        assert len(question.keys) == min(20, due[question.marketplace, own])


@pytest.mark.parametrize(
    ("products", "operation", "minutes"),
    [(10_000, ITEMS, 83), (100_000, ITEMS, 833), (10_000, LISTINGS, 16), (0, ITEMS, 0)],
)
def test_a_round_takes_what_the_quota_makes_of_it(
    products: int, operation: Operation, minutes: int
) -> None:
    bucket = Bucket(operation=operation, region="eu", tokens=1, interval=1 / operation.rate)
    assert round_of(products, bucket) // timedelta(minutes=1) == minutes


def test_what_never_rests_goes_by_free_single_requests_too() -> None:
    agenda = PollingAgenda()
    keys = put(agenda, "DE", 50, NOW, step=1)
    agenda.unpaced.add(("eu", False))
    full = [
        Bucket(operation=operation, region="eu", tokens=1.0, interval=10.0)
        for operation in (ITEM, ITEMS)
    ]
    batch, single = next_questions(agenda, full, NOW)
    assert batch == Question(ITEMS, "DE", tuple(keys[:20]))
    assert single == Question(ITEM, "DE", (keys[20],))


def test_of_single_requests_one_is_left_for_who_may_ask_in_a_moment() -> None:
    agenda = PollingAgenda()
    put(agenda, "DE", 50, NOW, own=True)
    agenda.unpaced.add(("eu", True))
    full = Bucket(operation=LISTING, region="eu", tokens=2.0, interval=1.0)
    half = Bucket(operation=LISTING, region="eu", tokens=1.0, interval=1.0)
    assert len(next_questions(agenda, [full], NOW)) == 1
    assert next_questions(agenda, [half], NOW) == []


def test_people_and_doubts_come_before_what_never_rests() -> None:
    agenda = PollingAgenda()
    put(agenda, "DE", 50, NOW)
    wanted = put(agenda, "DE", 1, NOW, Urgency.DEMAND)
    agenda.unpaced.add(("eu", False))
    assert asked(agenda)[ITEM].keys == tuple(wanted)


def test_what_has_its_times_leaves_single_requests_alone() -> None:
    agenda = PollingAgenda()
    put(agenda, "DE", 50, NOW)
    assert asked(agenda).keys() == {ITEMS}
