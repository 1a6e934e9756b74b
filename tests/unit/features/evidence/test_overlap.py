"""Own sales beside the time of another seller: what is known is told, and nothing more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.evidence.rules.order_cells import Order
from bot.features.evidence.rules.overlap import (
    OrderReport,
    Overlap,
    Uncounted,
    newest,
    overlap,
    sentence,
)

NOTHING = Uncounted()
START, END = datetime(2026, 11, 3, 9, tzinfo=UTC), datetime(2026, 11, 9, 18, tzinfo=UTC)


def sale(
    day: date, units: int = 1, *, number: int = 0, asin: str = "B0WALNUTBL", sku: str = "WAL-1"
) -> Order:
    order = f"302-{day:%Y%m%d}"[:11] + f"-{day:%m%d}{number:03}"
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Order(id=order, at=at, asin=asin, sku=sku, quantity=units)


def compare(*found: Order, zone: str = "UTC") -> Overlap:
    return overlap(found, ["B0WALNUTBL"], START, END, zone)


def test_sales_before_in_and_after_the_time_are_told_day_by_day() -> None:
    days = [date(2026, 10, 1) + timedelta(days=number) for number in range(60)]
    found = compare(*(sale(day, 1 if START.date() <= day <= END.date() else 3) for day in days))
    assert (found.since, found.until) == (date(2026, 11, 3), date(2026, 11, 9))
    assert (found.days[0], found.days[-1]) == ((date(2026, 10, 20), 3), (date(2026, 11, 23), 3))
    assert len(found.days) == 14 + 7 + 14
    assert found.units == 7
    assert sentence(found, NOTHING) == (
        "Units that we sold: 42 from 2026-10-20 to 2026-11-02 (3.0 a day); 7 from 2026-11-03 to "
        "2026-11-09, while the other seller was there (1.0 a day); 42 from 2026-11-10 to "
        "2026-11-23, after that (3.0 a day). This shows what we sold, not why."
    )


def test_days_that_the_records_do_not_reach_are_not_told_as_days_without_sales() -> None:
    found = compare(sale(date(2026, 11, 1), 2), sale(date(2026, 11, 5), 3))
    assert [day for day, _ in found.days] == [date(2026, 11, number) for number in range(1, 6)]
    assert sentence(found, NOTHING).startswith(
        "Units that we sold: 2 from 2026-11-01 to 2026-11-02 (1.0 a day); 3 from 2026-11-03 to "
        "2026-11-05, while the other seller was there (1.0 a day). "
    )


def test_a_day_without_sales_within_the_records_is_told_as_one() -> None:
    other = sale(date(2026, 11, 30), asin="B0OTHERONE")
    found = compare(sale(date(2026, 10, 1)), other)
    assert [units for _, units in found.days] == [0] * 35
    assert sentence(found, NOTHING).count("(0.0 a day)") == 3


def test_without_any_order_nothing_is_compared() -> None:
    found = compare()
    assert (found.days, found.units, found.first) == ((), 0, None)
    assert sentence(found, NOTHING).endswith("We have no order records of that time.")


MONDAY, FRIDAY = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 27, 9, tzinfo=UTC)


def handed_in(at: datetime, *orders: Order, typed: bool = False) -> OrderReport:
    return OrderReport(orders=orders, taken_in=at, typed=typed)


def units(*reports: OrderReport) -> int:
    return overlap(newest(reports), ["B0WALNUTBL"], START, END, "UTC").units


def cancelled(order: Order, updated: datetime | None = None) -> Order:
    replace = msgspec.structs.replace
    return replace(order, quantity=0, price=None, cancelled=True, updated=updated)


def test_an_order_that_two_reports_and_a_person_tell_counts_once() -> None:
    known = sale(date(2026, 11, 5), 2)
    typed = handed_in(FRIDAY, sale(date(2026, 11, 5), 3, sku=""), typed=True)
    assert units(handed_in(MONDAY, known), handed_in(FRIDAY, known), typed) == 2
    assert units(typed, handed_in(MONDAY, known)) == 2
    assert units(typed, typed) == 3


def test_two_lines_of_one_report_are_added_up() -> None:
    lines = sale(date(2026, 11, 5), 2), sale(date(2026, 11, 5), 1, sku="WAL-2")
    assert units(handed_in(MONDAY, *lines), handed_in(FRIDAY, *lines)) == 3


def test_a_newer_report_overrules_an_older_one_whichever_was_handed_in_first() -> None:
    order = sale(date(2026, 11, 5), 2)
    older, newer = handed_in(MONDAY, order), handed_in(FRIDAY, cancelled(order))
    assert units(older, newer) == units(newer, older) == 0
    assert units(handed_in(MONDAY, cancelled(order)), handed_in(FRIDAY, order)) == 2


def test_amazons_own_date_of_the_last_change_goes_before_the_time_of_handing_in() -> None:
    order = msgspec.structs.replace(sale(date(2026, 11, 5), 2), updated=MONDAY)
    gone = cancelled(order, FRIDAY)
    assert units(handed_in(FRIDAY, order), handed_in(MONDAY, gone)) == 0
    assert units(handed_in(MONDAY, order, gone)) == 0


def test_of_two_reports_of_the_same_moment_the_cancellation_counts() -> None:
    order = sale(date(2026, 11, 5), 2)
    both = handed_in(MONDAY, order), handed_in(MONDAY, cancelled(order))
    assert units(*both) == units(*both[::-1]) == 0


def test_what_was_cancelled_shows_how_far_the_records_reach() -> None:
    found = compare(sale(date(2026, 11, 5)), cancelled(sale(date(2026, 11, 8))))
    assert (found.last, found.units) == (date(2026, 11, 8), 1)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (
            Uncounted(lines=10, left_out=9),
            "Lines in the reports not counted because they could not be read or are not sales on "
            "Amazon: 9 of 10.",
        ),
        (
            Uncounted(reports=1),
            "Reports not counted because they could not be read again: 1.",
        ),
    ],
)
def test_what_is_in_no_figure_is_told_with_it(missing: Uncounted, words: str) -> None:
    counted = sentence(compare(sale(date(2026, 11, 5))), missing)
    assert counted.endswith(f". {words} This shows what we sold, not why.")
    assert sentence(compare(), missing).endswith(f"of that time. {words}")


@given(st.data())
def test_no_order_counts_more_than_the_report_that_tells_most_of_it(data: st.DataObject) -> None:
    at = st.none() | st.sampled_from((MONDAY, FRIDAY))
    lines = st.builds(
        lambda number, units, sku, gone, updated: msgspec.structs.replace(
            cancelled(sale(date(2026, 11, 5), number=number))
            if gone
            else sale(date(2026, 11, 5), units, number=number, sku=sku),
            updated=updated,
        ),
        st.integers(0, 2),
        st.integers(1, 9),
        st.sampled_from(("WAL-1", "WAL-2", "")),
        st.booleans(),
        at,
    )
    reports = data.draw(
        st.lists(
            st.builds(
                OrderReport,
                orders=st.lists(lines, max_size=5).map(tuple),
                taken_in=st.sampled_from((MONDAY, FRIDAY)),
                typed=st.booleans(),
            ),
            max_size=4,
        )
    )
    found = newest(reports)
    for key in {order.id for order in found}:
        several = [sum(o.quantity for o in each.orders if o.id == key) for each in reports]
        assert sum(order.quantity for order in found if order.id == key) <= max(several)
    assert {order.id for order in found} == {o.id for each in reports for o in each.orders}
    assert newest([*reports, *reports]) == found


def test_two_products_of_one_order_are_one_order() -> None:
    one, two = sale(date(2026, 11, 5)), sale(date(2026, 11, 5), asin="B0OTHERONE")
    found = overlap([one, two], ["B0WALNUTBL", "B0OTHERONE"], START, END, "UTC")
    assert found.units == 2


def test_days_are_the_teams() -> None:
    late = Order(
        id="302-1234567-7654321",
        at=datetime(2026, 11, 9, 16, tzinfo=UTC),
        asin="B0WALNUTBL",
        quantity=1,
    )
    assert compare(late).days == ((date(2026, 11, 9), 1),)
    found = compare(late, zone="Asia/Tokyo")
    assert found.days == ((date(2026, 11, 10), 1),)
    assert (found.since, found.until) == (date(2026, 11, 3), date(2026, 11, 10))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=20))
def test_units_in_the_time_are_those_of_its_days(sold: list[tuple[int, int]]) -> None:
    found = compare(
        *(
            sale(date(2026, 10, 1) + timedelta(days=day), units, number=number)
            for number, (day, units) in enumerate(sold)
        )
    )
    inside = [units for day, units in found.days if found.since <= day <= found.until]
    expected = [units for day, units in sold if 33 <= day <= 39]
    assert sum(inside) == found.units == sum(expected)
