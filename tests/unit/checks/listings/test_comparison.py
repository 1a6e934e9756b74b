"""Whatever drifts, a page stays the same; whatever word changes, somebody hears of it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings import Severity
from bot.core.listing_content import ListingContent
from checks.listings import compare_listing
from checks.listings.comparison import ContentField
from checks.listings.fingerprints import known
from tests.cases import for_each
from tests.unit.checks.listings import drifting
from tests.unit.checks.listings.pages import BOWL, OTHER_LOOK, compared, content
from tests.unit.checks.listings.sets.reading import Page, pages

APPROVED = [
    content(msgspec.convert({**fields}, Page), str(lang))
    for fields in pages("read").values()
    for lang in [fields.pop("lang")]
    if fields.pop("name", None) is None
]
"""The pages of the half that may be read, as they were approved."""

FIELDS = ("title", "brand", "bullets", "description", "pictures", "product_type", "parents")
approved = st.sampled_from(APPROVED)
orders = st.lists(st.sampled_from(drifting.ALL), max_size=8, unique=True)
seeds = st.integers(0, 10_000)


def drifted(page: ListingContent, order: list[drifting.Drifting], seed: int) -> ListingContent:
    chance = random.Random(seed)
    for each in order:
        page = each(page, chance)
    return page


def named(page: ListingContent) -> str:
    return page.title or ""


@for_each("page", APPROVED, ids=named)
def test_a_page_does_not_differ_from_itself(page: ListingContent) -> None:
    found = compare_listing(page, page)
    assert (found.changes, found.unchecked) == ((), ())


@given(approved, orders, seeds)
def test_drift_in_whatever_order_is_no_change(
    page: ListingContent, order: list[drifting.Drifting], seed: int
) -> None:
    found = compare_listing(page, drifted(page, order, seed))
    assert (found.changes, found.unchecked) == ((), ())


@given(approved, orders, orders, seeds)
def test_drift_on_both_sides_is_no_change(
    page: ListingContent, first: list[drifting.Drifting], then: list[drifting.Drifting], seed: int
) -> None:
    # A brand that was approved in front of the title must stay there, and bullets that are joined
    # one way and approved another are told apart by their order.
    before = [each for each in first if each not in (drifting.brand_in_front, drifting.turned)]
    after = [each for each in then if each is not drifting.turned]
    assert (
        compare_listing(drifted(page, before, seed), drifted(page, after, seed + 1)).changes == ()
    )


@dataclass(frozen=True)
class Tampered:
    """A page with one word that is another, and where."""

    page: ListingContent
    field: ContentField


@st.composite
def tampered(draw: st.DrawFn, page: ListingContent) -> Tampered:
    """Change one word of one text to an invented one."""
    word = draw(st.text("bdfgjklmprstvz", min_size=4, max_size=9))
    field = draw(
        st.sampled_from((ContentField.TITLE, ContentField.BULLETS, ContentField.DESCRIPTION))
    )
    if field is ContentField.BULLETS:
        bullets = list(page.bullets or ())
        place = draw(st.integers(0, len(bullets) - 1))
        bullets[place] = other_word(draw, bullets[place], word)
        return Tampered(msgspec.structs.replace(page, bullets=tuple(bullets)), field)
    text = other_word(draw, getattr(page, field) or "", word)
    return Tampered(msgspec.structs.replace(page, **{field.value: text}), field)


def other_word(draw: st.DrawFn, text: str, word: str) -> str:
    words = text.split()
    said = [place for place, each in enumerate(words) if any(map(str.isalnum, each))]
    words[draw(st.sampled_from(said))] = word
    return " ".join(words)


@given(st.data(), approved, orders, seeds)
def test_a_changed_word_is_found_amid_whatever_drift(
    data: st.DataObject, page: ListingContent, order: list[drifting.Drifting], seed: int
) -> None:
    changed = data.draw(tampered(page))
    found = compare_listing(page, drifted(changed.page, order, seed))
    assert [change.field for change in found.changes] == [changed.field]


@given(st.data(), approved, orders, seeds)
def test_a_change_amid_drift_is_known_again(
    data: st.DataObject, page: ListingContent, order: list[drifting.Drifting], seed: int
) -> None:
    # Bullets in another order are other bullets to whoever was told of a change in them.
    calm = [
        each
        for each in order
        if each not in drifting.REORDERING and each is not drifting.brand_in_front
    ]
    changed = data.draw(tampered(page))
    (first,) = compare_listing(page, changed.page).changes
    (again,) = compare_listing(page, drifted(changed.page, calm, seed)).changes
    assert known(again.fingerprint, {first.fingerprint})


@given(approved, st.sets(st.sampled_from(FIELDS)), st.booleans(), approved)
def test_what_could_not_be_read_is_never_a_change(
    page: ListingContent, unread: set[str], before: bool, other: ListingContent
) -> None:
    silent = dict.fromkeys(unread)
    pair = (page, msgspec.structs.replace(other, **silent))
    found = compare_listing(*(reversed(pair) if before else pair))
    fields = {
        "pictures": {"main-image", "images"},
        "parents": {"family"},
        "product_type": {"product-type"},
    }
    named = {name for field in unread for name in fields.get(field, {field})}
    assert {change.field.value for change in found.changes}.isdisjoint(named)
    assert {field.value for field in found.unchecked} == named


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_a_page_says_the_comparison_answers(before: str, after: str) -> None:
    found = compared(
        title=(before, after), brand=(after, before), bullets=((before,), (after, before))
    )
    assert all(change.before and change.after for change in found.changes)


def test_the_gravest_change_comes_first() -> None:
    main, *others = BOWL.pictures or ()
    other = msgspec.structs.replace(main, look=OTHER_LOOK)
    found = compared(
        title=(BOWL.title, f"{BOWL.title} Used"),
        pictures=(BOWL.pictures, (other, *others)),
        brand=("Hollow Oak", "Fyrrox"),
    )
    assert [change.severity for change in found.changes] == [
        Severity.CRITICAL,
        Severity.CRITICAL,
        Severity.WARNING,
    ]


def test_what_could_not_be_checked_is_named_apart() -> None:
    found = compared(title=(BOWL.title, None), brand=("Hollow Oak", "Fyrrox"))
    assert found.unchecked == (ContentField.TITLE,)
    assert [change.field for change in found.changes] == [ContentField.BRAND]
