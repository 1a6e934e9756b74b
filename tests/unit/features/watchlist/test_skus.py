"""A SKU belongs to its product, to another, or to none; what could not be checked says neither."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.team import Team
from bot.core.views.context import ViewContext
from bot.errors import SkuRefused
from bot.features.watchlist.models.skus import AGAIN, SOON, SkuCheck, SkuVerdict
from bot.features.watchlist.views.outages import SHOWN, sku_card
from tests.fakes import START

WATCH = Watch(asin="B0ALDER001", marketplace="US", sku="OAK-1", added_at=START)
CORRECTED = msgspec.structs.replace(WATCH, sku="OAK-2")
VIEW = ViewContext(now=START, team=Team(), links=Links())
OTHERS = SkuCheck.refusal(WATCH, SkuRefused("no", "OAK-1", "B0ALDER002"), None, START)
UNKNOWN = SkuCheck.refusal(WATCH, SkuRefused("no", "OAK-1"), None, START)


def told(check: SkuCheck) -> SkuCheck:
    return msgspec.structs.replace(check, told=check.verdict)


def test_a_check_is_about_the_sku_that_was_checked() -> None:
    assert OTHERS.of(WATCH)
    assert not OTHERS.of(CORRECTED)
    assert not msgspec.structs.replace(OTHERS, sku="").of(msgspec.structs.replace(WATCH, sku=""))


def test_amazons_refusal_says_whose_it_is_or_that_nobody_knows_it() -> None:
    assert (OTHERS.verdict, OTHERS.asin) == (SkuVerdict.OTHER, "B0ALDER002")
    assert (UNKNOWN.verdict, UNKNOWN.asin) == (SkuVerdict.UNKNOWN, "")
    assert OTHERS.refused
    assert OTHERS.news
    assert not told(OTHERS).news


@pytest.mark.parametrize(("watch", "news"), [(WATCH, False), (CORRECTED, True)])
def test_the_same_refusal_is_told_once_for_a_sku(watch: Watch, news: bool) -> None:
    again = SkuCheck.refusal(watch, SkuRefused("no", "OAK-1", "B0ALDER002"), told(OTHERS), START)
    assert again.news is news


def test_our_own_listings_say_whose_it_is() -> None:
    right = SkuCheck.lookup(WATCH, WATCH.asin, "", told(UNKNOWN), START)
    assert (right.verdict, right.asin, right.refused) == (SkuVerdict.RIGHT, "", False)
    other = SkuCheck.lookup(WATCH, "B0ALDER002", "", None, START)
    assert (other.verdict, other.asin, other.news) == (SkuVerdict.OTHER, "B0ALDER002", True)


def test_what_cannot_be_looked_up_is_unsure_unless_it_is_known_to_be_anothers() -> None:
    later = START + SOON
    unsure = SkuCheck.lookup(WATCH, None, "Not reached.", told(UNKNOWN), later)
    assert (unsure.verdict, unsure.why) == (SkuVerdict.UNSURE, "Not reached.")
    kept = SkuCheck.lookup(WATCH, None, "Not reached.", OTHERS, later)
    assert kept == msgspec.structs.replace(OTHERS, at=later)
    assert SkuCheck.lookup(CORRECTED, None, "Not reached.", OTHERS, later).verdict == "unsure"


@pytest.mark.parametrize(("check", "after"), [(OTHERS, AGAIN), (UNKNOWN, SOON)])
@pytest.mark.parametrize("way", [1, -1])
def test_it_is_checked_again_in_time_whatever_the_clock_does(
    check: SkuCheck, after: timedelta, way: int
) -> None:
    assert check.due(START + way * after)
    assert not check.due(START + way * (after - timedelta(seconds=1)))


def test_the_card_says_what_is_wrong_and_how_to_correct_it() -> None:
    one = sku_card([(WATCH, OTHERS)], VIEW)
    assert one.title == "SKU OAK-1 belongs to another product"
    assert "SKU OAK-1 belongs to B0ALDER002, not B0ALDER001 (US)" in one.body
    assert one.footer.startswith("Correct a SKU: /watch")
    unknown = sku_card([(WATCH, UNKNOWN)], VIEW)
    assert unknown.title == "Amazon does not know your SKU OAK-1"
    assert "B0ALDER001 (US) is watched by its ASIN" in unknown.body


@pytest.mark.parametrize(("many", "last"), [(SHOWN, "Amazon does"), (SHOWN + 2, "And 2 more SKUs")])
def test_of_many_some_are_named_and_the_rest_is_counted(many: int, last: str) -> None:
    card = sku_card([(WATCH, UNKNOWN)] * many, VIEW)
    assert card.title == f"{many} SKUs do not match their products"
    assert card.body.splitlines()[-1].startswith(last)
