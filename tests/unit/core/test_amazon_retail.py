"""Amazon's own seller IDs: which are likely, which doubtful, and where they count."""

from __future__ import annotations

import pytest

from bot.core import amazon_retail
from bot.core.amazon_retail import amazon_itself, is_amazons
from bot.core.identifiers import is_seller_id
from bot.core.marketplaces import MARKETPLACES

CODES = [market.code for market in MARKETPLACES]


def test_amazon_com_is_amazon_in_the_united_states_alone() -> None:
    assert [code for code in CODES if amazon_itself("ATVPDKIKX0DER", code)] == ["US"]


@pytest.mark.parametrize(
    ("code", "seller", "sure"),
    [
        ("DE", "A3JWKAKR8XB7XF", True),
        ("UK", "A3P5ROKL5A1OLE", True),
        ("JP", "AN1VRQENFRJN5", True),
        ("US", "A2L77EE7U53NWQ", True),
        ("PL", "A5JH7MGCI556L", False),
        ("PL", "A2R2221NX79QZP", False),
        ("IN", "AT95IG9ONZD7S", False),
    ],
)
def test_what_lists_disagree_about_is_in_doubt(code: str, seller: str, *, sure: bool) -> None:
    known = amazon_itself(seller, code)
    assert known is not None
    assert known.sure is sure
    assert known.name == (
        "Amazon itself (as far as we know)" if sure else f"{seller} (perhaps Amazon itself)"
    )


def test_every_id_looks_like_one_and_each_marketplace_has_one() -> None:
    known = amazon_retail._KNOWN
    assert all(is_seller_id(seller) and is_amazons(seller) for _, seller in known)
    assert {code for code, _ in known} == set(CODES)
    assert not is_amazons("A1ALDERFINCH01")
