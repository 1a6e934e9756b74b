"""What is asked of a table, as an address says it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from adapters.web.addresses import (
    MOST_FILTERS,
    read_query,
    resorted,
    row_address,
    table_address,
)
from bot.core.browse.models import (
    LONGEST_SEARCH,
    LONGEST_VALUE,
    MOST_PAGES,
    TableColumn,
    TablePage,
    TableQuery,
)


def again(address: str) -> TableQuery:
    return read_query(dict(parse_qsl(urlsplit(address).query)))


def test_an_address_asks_the_same_for_everybody() -> None:
    asked = TableQuery(
        search="walnut & oak", sort="seen", descending=True, filters={"case": "open"}, page=3
    )
    assert again(table_address("products", asked, 3)) == asked


@given(search=st.text(max_size=20), value=st.text(max_size=20), descending=st.booleans())
def test_whatever_is_searched_comes_back(*, search: str, value: str, descending: bool) -> None:
    asked = TableQuery(search=search, filters={"case": value}, sort="x", descending=descending)
    found = again(table_address("products", asked))
    assert found.search == search
    assert found.filters == ({"case": value} if value else {})
    assert found.descending is descending


def test_a_head_sorts_by_its_column_and_then_the_other_way() -> None:
    page = TablePage(
        name="products",
        title="Products",
        query=TableQuery(sort="name", page=4),
        columns=(TableColumn("name", "Product"),),
    )
    assert resorted(page, "name") == "/products?sort=-name"
    assert resorted(page, "seen") == "/products?sort=seen"


def test_what_no_page_sends_is_cut_or_not_read() -> None:
    given = {f"f{number}": "v" * 500 for number in range(50)}
    found = read_query({"q": "x" * 5000, "page": "9" * 50, "sort": "-" + "s" * 500, **given})
    assert len(found.search) == LONGEST_SEARCH
    assert found.page == 1
    assert len(found.sort) < LONGEST_VALUE
    assert len(found.filters) == MOST_FILTERS
    assert {len(value) for value in found.filters.values()} == {LONGEST_VALUE}
    assert read_query({"page": "²"}).page == 1
    assert read_query({"page": "999999"}).page == MOST_PAGES
    assert read_query({"page": "0"}).page == 1


def test_a_key_from_outside_stays_one_part_of_the_address() -> None:
    assert row_address("products", "US-../x?y#z") == "/products/US-..%2Fx%3Fy%23z"
