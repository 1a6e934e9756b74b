"""What readings of a page come to: told once, held where nobody can tell, ended when it is back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings import PAGE_CHANGES, Severity
from bot.core.listing_content import ListingContent, ListingPicture
from bot.core.permissions import Person
from bot.features.pages.models import FIELD_NAMES, GuardedPage, PageState
from checks.listings.comparison import ContentField
from checks.listings.guarding import (
    BACK,
    NOTHING_TO_COMPARE,
    Uncompared,
    completed,
    first_reading,
    judge_page,
)
from tests.unit.checks.listings.pages import BOWL

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = "US-B0WALNUTBL"
NAME = "Walnut Salad Bowl"
HIJACKED = "Stainless Steel Garlic Press with Rubber Handle"
EDITED = "Hollow Oak Walnut Salad Bowl, 14 in, Set of 2, Food Safe Oil"
OWN = msgspec.structs.replace(BOWL, pictures=None, product_type=None, parents=None)


def page(**parts: Any) -> ListingContent:
    return msgspec.structs.replace(BOWL, **parts)


def approved(baseline: ListingContent = BOWL) -> GuardedPage:
    first = first_reading(KEY, baseline, OWN, AT)
    return msgspec.structs.replace(first, state=PageState.APPROVED, approved_by=Person("a", "Ana"))


def after(known: GuardedPage, *pages: ListingContent) -> GuardedPage:
    for place, each in enumerate(pages, start=1):
        known = judge_page(known, each, AT + timedelta(minutes=place), NAME).page
    return known


def test_the_words_of_parts_are_those_of_the_rules() -> None:
    assert set(FIELD_NAMES) == set(BACK) == {str(field) for field in ContentField}
    assert {f"page-{field}" for field in ContentField} == PAGE_CHANGES


def test_a_page_that_agrees_with_our_own_listing_data_waits_for_approval() -> None:
    first = first_reading(KEY, BOWL, OWN, AT)
    assert (first.state, first.differences, first.own, first.changes) == (
        PageState.AGREES,
        (),
        None,
        (),
    )


def test_a_page_that_was_taken_over_before_it_was_first_read_differs() -> None:
    first = first_reading(KEY, page(title=HIJACKED), OWN, AT)
    assert first.state is PageState.DIFFERS
    assert [(each.field, each.before, each.after) for each in first.differences] == [
        ("title", OWN.title, HIJACKED)
    ]
    assert first.own == OWN


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (Uncompared("Amazon did not answer.", passing=True), "Amazon did not answer."),
        (ListingContent(asin="B0WALNUTBL", marketplace="US"), NOTHING_TO_COMPARE),
    ],
)
def test_without_our_own_listing_data_nothing_agrees(
    own: ListingContent | Uncompared, told: str
) -> None:
    first = first_reading(KEY, BOWL, own, AT)
    assert (first.state, first.uncompared) == (PageState.UNCOMPARED, told)


def test_a_title_that_changed_is_told_with_both_texts_and_once() -> None:
    judged = judge_page(approved(), page(title=HIJACKED), AT, NAME, "d" * 64)
    [found] = judged.findings
    assert (found.signal, found.severity) == ("page-title", Severity.CRITICAL)
    assert found.fingerprint == "US/B0WALNUTBL/page"
    assert found.headline == "The title names another product: Walnut Salad Bowl"
    assert found.brief == "the title names another product"
    assert [(fact.label, fact.value) for fact in found.facts] == [
        ("Before", BOWL.title),
        ("Now", HIJACKED),
    ]
    assert found.evidence == "d" * 64
    assert judged.page.page == page(title=HIJACKED)
    assert judge_page(judged.page, page(title=HIJACKED), AT, NAME).findings == ()


def test_a_brand_that_is_split_is_told_once_until_it_is_back() -> None:
    split = page(brand="Hol\N{ZERO WIDTH SPACE}low Oak")
    judged = judge_page(approved(), split, AT, NAME)
    [found] = judged.findings
    assert found.brief == "the brand has an invisible character in it"
    assert [(fact.label, fact.value) for fact in found.facts] == [
        ("Before", "Hollow Oak"),
        ("Now", "Hol\N{REPLACEMENT CHARACTER}low Oak"),
    ]
    assert judge_page(judged.page, split, AT, NAME).findings == ()
    [back] = judge_page(judged.page, BOWL, AT, NAME).findings
    assert back.ended
    assert back.headline == "The brand is back as approved: Walnut Salad Bowl"


def test_a_change_of_a_page_that_nobody_approved_is_told_and_says_so() -> None:
    first = first_reading(KEY, BOWL, OWN, AT)
    [found] = judge_page(first, page(title=HIJACKED), AT, NAME).findings
    assert ("Approved", "Not yet. First read") in [(each.label, each.value) for each in found.facts]


def test_drift_says_nothing() -> None:
    drifted = page(title=f"{BOWL.title}".upper(), brand="HOLLOW OAK")
    judged = judge_page(approved(), drifted, AT, NAME)
    assert (judged.findings, judged.page, judged.doubtful) == ((), approved(), False)


def test_drift_of_a_change_that_was_told_says_nothing() -> None:
    known = after(approved(), page(title=HIJACKED))
    judged = judge_page(known, page(title=HIJACKED.upper()), AT, NAME)
    assert (judged.findings, judged.page) == ((), known)


def test_another_change_of_the_same_part_is_told() -> None:
    known = after(approved(), page(title=HIJACKED))
    [found] = judge_page(known, page(title="Bamboo Toothbrush"), AT, NAME).findings
    assert (found.signal, found.ended) == ("page-title", False)


def test_a_page_that_is_back_ends_what_was_told_at_once() -> None:
    known = after(approved(), page(title=HIJACKED, bullets=("Buy me.",)))
    judged = judge_page(known, page(bullets=("Buy me.",)), AT, NAME)
    [over] = judged.findings
    assert (over.signal, over.ended, over.headline) == (
        "page-title",
        True,
        "The title is back as approved: Walnut Salad Bowl",
    )
    [last] = judge_page(judged.page, BOWL, AT, NAME).findings
    assert (last.signal, last.headline) == (
        "page-bullets",
        "The bullets are back as approved: Walnut Salad Bowl",
    )
    assert after(known, BOWL).page is None


def test_what_is_empty_is_told_when_a_second_reading_shows_it() -> None:
    judged = judge_page(approved(), page(bullets=()), AT, NAME)
    assert (judged.findings, judged.doubtful) == ((), True)
    again = judge_page(judged.page, page(bullets=()), AT, NAME)
    [found] = again.findings
    assert (found.signal, found.headline) == (
        "page-bullets",
        "All bullets are gone: Walnut Salad Bowl",
    )
    assert again.doubtful is False
    assert again.page.doubts == ()


def test_what_was_empty_once_is_forgotten() -> None:
    judged = judge_page(after(approved(), page(bullets=())), BOWL, AT, NAME)
    assert (judged.findings, judged.page) == ((), approved())


def test_what_could_not_be_read_neither_begins_nor_ends_anything() -> None:
    unread = page(title=None, pictures=None)
    judged = judge_page(approved(), unread, AT, NAME)
    assert judged.findings == ()
    assert judged.page.unchecked == {"title": AT, "main-image": AT, "images": AT}
    known = after(approved(), page(title=HIJACKED))
    later = AT + timedelta(hours=1)
    held = judge_page(known, unread, later, NAME)
    assert held.findings == ()
    assert held.page.changes == known.changes
    assert held.page.unchecked["title"] == later
    assert judge_page(held.page, unread, later + timedelta(hours=1), NAME).page == held.page


def test_a_change_beside_an_unread_part_says_what_was_not_checked() -> None:
    [found] = judge_page(approved(), page(title=HIJACKED, description=None), AT, NAME).findings
    assert ("Could not check", "Description") in [(each.label, each.value) for each in found.facts]


def test_a_title_that_goes_unread_while_something_else_changes_stays_as_it_was_told() -> None:
    known = after(approved(), page(title=HIJACKED), page(title=None, bullets=("Buy me.",)))
    assert known.page is not None
    assert (known.page.title, known.page.bullets) == (HIJACKED, ("Buy me.",))


def test_what_was_called_our_own_is_not_told_again() -> None:
    told = after(approved(), page(title=EDITED))
    ours = msgspec.structs.replace(
        told,
        baseline=told.page or BOWL,
        page=None,
        changes=(),
        accepted=(*(each.fingerprint for each in told.changes), *told.before),
        before=(),
    )
    # Amazon shows the text before for a while, here and there.
    assert judge_page(ours, BOWL, AT, NAME).findings == ()
    assert judge_page(ours, page(title=EDITED), AT, NAME).findings == ()
    [found] = judge_page(ours, page(title=HIJACKED), AT, NAME).findings
    assert found.facts[0].value == EDITED


def test_a_part_that_is_read_for_the_first_time_completes_the_baseline() -> None:
    known = approved(page(description=None))
    judged = judge_page(known, BOWL, AT, NAME)
    assert judged.findings == ()
    assert judged.page.baseline.description == BOWL.description
    assert judged.page.unchecked == {}
    [found] = judge_page(judged.page, page(description="Buy elsewhere."), AT, NAME).findings
    assert found.signal == "page-description"


def test_a_picture_that_is_looked_at_later_is_the_one_at_its_address() -> None:
    unseen = ListingPicture("MAIN", "https://m.media-amazon.com/images/I/61aaaaaaaaL.jpg")
    seen = msgspec.structs.replace(unseen, look="0" * 16, digest="e" * 64)
    assert completed(page(pictures=(unseen,)), page(pictures=(seen,))).pictures == (seen,)


PARTS: dict[str, list[Any]] = {
    "title": [BOWL.title, HIJACKED, EDITED, "", None],
    "brand": [BOWL.brand, "Other", None],
    "bullets": [BOWL.bullets, ("Buy me.",), (), None],
    "description": [BOWL.description, "Buy elsewhere.", "", None],
    "parents": [BOWL.parents, (), ("B0FAMILY02",), None],
}
readings = st.fixed_dictionaries({name: st.sampled_from(some) for name, some in PARTS.items()})


@given(st.lists(readings, max_size=8))
def test_what_goes_on_is_what_was_raised_and_not_ended(seen: list[dict[str, Any]]) -> None:
    known, running = approved(), set[str]()
    for parts in seen:
        judged = judge_page(known, page(**parts), AT, NAME)
        for found in judged.findings:
            assert found.fingerprint == "US/B0WALNUTBL/page"
            if found.ended:
                running.remove(found.signal)
            else:
                running.add(found.signal)
        known = judged.page
        assert {each.signal for each in known.changes} == running
        assert known.baseline == BOWL
        # The same reading again tells nothing new, but that a doubt is none.
        again = judge_page(known, page(**parts), AT, NAME)
        assert not again.findings or judged.doubtful
    back = judge_page(known, BOWL, AT, NAME)
    assert {each.signal for each in back.findings if each.ended} == running
    assert back.page.changes == ()
