"""A+ content is the same by what is in it, and what cannot be read of it is no change."""

from __future__ import annotations

import pytest

from bot.core.aplus import AplusDocument
from bot.core.findings import Severity
from checks.listings.comparison import ContentField
from tests.unit.checks.listings.pages import changes, compared

BOWL = AplusDocument(
    key="K1",
    kind="EMC",
    locale="en-US",
    texts=("Turned by hand", "From one piece of walnut, 12 in wide."),
    pictures=("aplus/a.jpg", "aplus/b.jpg"),
)
BOWL_IN_CAPITALS = "TURNED BY HAND &ndash; FROM ONE PIECE OF WALNUT, 12\N{DOUBLE PRIME} WIDE"
STORY = AplusDocument(key="K2", kind="EBC", locale="en-US", texts=("Our workshop",))
PREMIUM = AplusDocument(key="K3", kind="EMC", locale="en-US")


def other(document: AplusDocument, **parts: object) -> AplusDocument:
    told = {name: getattr(document, name) for name in AplusDocument.__struct_fields__}
    return AplusDocument(**{**told, **parts})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((BOWL,), (other(BOWL, key="NEW"),)),
        ((BOWL, STORY), (STORY, BOWL)),
        ((BOWL,), (other(BOWL, texts=(BOWL_IN_CAPITALS,)),)),
        # What could not be read may be the same as before, under this key or another one.
        ((BOWL,), (other(BOWL, texts=None, pictures=()),)),
        ((other(BOWL, texts=None, pictures=()),), (BOWL,)),
        ((BOWL,), (PREMIUM,)),
        ((PREMIUM,), (other(PREMIUM, key="NEW"),)),
        ((PREMIUM,), (BOWL,)),
        (None, (BOWL,)),
        ((BOWL,), None),
        ((), ()),
    ],
)  # fmt: skip
def test_the_same_content_in_another_way_is_no_change(
    before: tuple[AplusDocument, ...] | None, after: tuple[AplusDocument, ...] | None
) -> None:
    assert changes(aplus=(before, after)) == ()
    assert changes(aplus=(after, before)) == ()


@pytest.mark.parametrize(
    ("before", "after", "summary"),
    [
        ((BOWL,), (other(BOWL, texts=("Buy at our shop",)),), "The A+ content changed"),
        ((BOWL,), (other(BOWL, pictures=("aplus/c.jpg",)),), "The A+ content changed"),
        ((BOWL, STORY), (BOWL,), "The A+ content changed"),
        ((BOWL,), (BOWL, STORY), "The A+ content changed"),
        ((BOWL,), (BOWL, PREMIUM), "The A+ content changed"),
        ((BOWL, PREMIUM), (PREMIUM,), "The A+ content changed"),
        ((PREMIUM, other(PREMIUM, key="K4")), (PREMIUM,), "The A+ content changed"),
        ((BOWL,), (), "The A+ content is gone"),
        ((PREMIUM,), (), "The A+ content is gone"),
        ((), (BOWL,), "A+ content was added"),
    ],
)
def test_what_a_buyer_would_see_differently_is_a_warning(
    before: tuple[AplusDocument, ...], after: tuple[AplusDocument, ...], summary: str
) -> None:
    [change] = changes(aplus=(before, after))
    assert (change.field, change.severity) == (ContentField.APLUS, Severity.WARNING)
    assert change.summary == summary
    assert change.before != change.after


def test_texts_that_differ_stand_side_by_side_and_else_the_pictures() -> None:
    [text] = changes(aplus=((BOWL,), (other(BOWL, texts=("Turned by machine",)),)))
    assert text.before.startswith("Turned by hand")
    assert text.after == "Turned by machine"
    [picture] = changes(aplus=((BOWL,), (other(BOWL, pictures=("aplus/c.jpg",)),)))
    assert picture.before == "Pictures aplus/a.jpg, aplus/b.jpg"
    assert picture.after == "Pictures aplus/c.jpg"


def test_what_it_says_now_names_it_whatever_it_was() -> None:
    [one] = changes(aplus=((BOWL,), (STORY,)))
    [two] = changes(aplus=((), (other(STORY, key="NEW"),)))
    assert one.fingerprint == two.fingerprint


def test_content_that_nobody_could_read_is_not_named_on_each_page() -> None:
    # The patrol tells that by itself, in /health.
    assert compared(aplus=(None, None)).unchecked == ()
