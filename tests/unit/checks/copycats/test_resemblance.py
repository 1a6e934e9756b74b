"""What is like a product of ours, and what says nothing."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.catalog_search import WORTH_SHOWING, CatalogItem, ProductLikeness
from checks.copycats import resemblance

OURS = CatalogItem(
    asin="B0ALDER001",
    marketplace="US",
    title="Alder & Finch Steel Saucepan 16 cm with Lid, Induction",
    brand="Alder & Finch",
    product_type="COOKWARE",
    look="4596829fe1d49787",
    bullets=("Heavy base heats evenly", "Glass lid with steam vent", "Stays cool to the touch"),
)
STRANGER = CatalogItem(
    asin="B0OTHER001",
    marketplace="US",
    title="Perchwell Cast Iron Skillet, Pre-Seasoned, 10 Inch",
    brand="Perchwell",
    product_type="COOKWARE",
    look="b981ef14da3236e8",
)


def score(**different: object) -> float:
    return resemblance(msgspec.structs.replace(STRANGER, **different), OURS).score


def test_a_rival_is_like_nothing_of_ours() -> None:
    assert score() < WORTH_SHOWING / 2


@pytest.mark.parametrize(
    "different",
    [
        {"brand": "A1der&Finch"},
        {"title": "Perchwell Steel Saucepan 16 cm with Lid, Induction"},
        {"look": "4596829fe1d4978f"},
        {"bullets": OURS.bullets},
    ],
)
def test_each_part_is_enough_alone(different: dict[str, object]) -> None:
    assert score(**different) >= WORTH_SHOWING


def test_more_parts_are_more_likely() -> None:
    name = score(brand="Alder Finch")
    assert name < score(brand="Alder Finch", look=OURS.look) <= 1.0


def test_a_part_that_is_not_known_says_nothing() -> None:
    bare = CatalogItem(asin="B0OTHER001", marketplace="US", brand="Alder Finch")
    found = resemblance(bare, OURS)
    assert (found.text, found.picture) == (0.0, 0.0)
    assert found.score >= WORTH_SHOWING
    assert resemblance(CatalogItem(asin="B0OTHER001", marketplace="US"), OURS) == ProductLikeness()


def test_a_look_that_is_none_is_not_compared() -> None:
    assert resemblance(msgspec.structs.replace(STRANGER, look="zz"), OURS).picture == 0.0


def test_our_own_brand_is_no_copycat_whatever_it_says() -> None:
    assert (
        resemblance(msgspec.structs.replace(OURS, brand="ALDER & FINCH"), OURS) == ProductLikeness()
    )


def test_a_name_a_little_like_ours_counts_less_on_goods_of_another_kind() -> None:
    assert score(brand="Alder Fynsh") > score(brand="Alder Fynsh", product_type="SHOES")


def test_parts_that_fit_name_our_brand_and_are_no_copy() -> None:
    title = "Replacement Lid 16 cm, Fits Alder & Finch Saucepan, Silicone Rim"
    assert score(title=title, product_type="LID", brand="Lidwell") < WORTH_SHOWING
