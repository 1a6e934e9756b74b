"""A list is the same list however its members are parted, and another where one is another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.wording.wording import same, wording
from tests.unit.checks.wording.pairs import cases

SAME = {
    "en": [
        ("20, 24 and 28 cm", "20 / 24 / 28 cm"),
        ("20/24/28 cm", "20, 24 & 28 cm"),
        ("20 cm, 24 cm and 28 cm", "20, 24, 28 cm"),
        ("10 | 20 | 30 ml", "10, 20 and 30 ml"),
        ("1-, 2-, and 3-quart", "1, 2 & 3 qt"),
        ("5-10 lb", "5 lb to 10 lb"),
        ("5 mph to 20 mph", "5-20 mph"),
        ("24/7", "24 / 7"),
        ("Black/White", "Black and White"),
        ("Red, Green, and Blue", "Red / Green / Blue"),
        ("Sizes S, M and L", "Sizes S/M/L"),
        ("dogs & cats", "dogs / cats"),
        ("PC + Mac", "PC/Mac"),
        ("3 oz / 85 g", "3 oz, 85 g"),
        ("12 by 8 inches", "12 x 8 in"),
    ],
    "de": [
        ("20 + 24 + 28 cm", "20, 24 und 28 cm"),
        ("20+24+28 cm", "20/24/28 cm"),
        ("20 u. 24 cm", "20 und 24 cm"),
        ("Salz u. Pfeffer", "Salz und Pfeffer"),
        ("rot, grün und blau", "rot/grün/blau"),
    ],
    "fr": [("20, 24 et 28 cm", "20/24/28 cm"), ("rouge, vert et bleu", "rouge/vert/bleu")],
    "es": [("20, 24 y 28 cm", "20 / 24 / 28 cm"), ("rojo, verde y azul", "rojo / verde / azul")],
    "it": [("20, 24 e 28 cm", "20/24/28 cm"), ("rosso, verde e blu", "rosso, verde, blu")],
    "ja": [("20cm/24cm/28cm", "20、24、28cm"), ("S/M/L", "S・M・L")],
}  # fmt: skip
OTHER = {
    "en": [
        ("20, 24 and 28 cm", "20, 24 and 26 cm"),
        ("20, 24 and 28 cm", "20 and 28 cm"),
        ("20, 24 and 28 cm", "20, 24 or 28 cm"),
        ("20, 24 and 28 cm", "20, 24 and 28 in"),
        ("20 and 28 cm", "20 to 28 cm"),
        ("20/28 cm", "20-28 cm"),
        ("20, 24, 28 cm", "20 x 24 x 28 cm"),
        ("10/20/30 ml", "10/20/3 ml"),
        ("milk and chocolate", "milk chocolate"),
        ("Salt & Pepper", "Salt or Pepper"),
        ("dogs and cats", "dogs, no cats"),
        ("BPA, lead and latex free", "BPA and latex free"),
        ("SPF 50+ 100 ml", "SPF 50 100 ml"),
        ("SPF 50+, 100 ml", "SPF 50, 100 ml"),
        ("128+8 GB", "128-8 GB"),
        ("left/right", "left"),
        ("A/B", "B/A"),
        ("12 by 8 in", "12 and 8 in"),
    ],
    "de": [("20 und 24 cm", "20 bis 24 cm"), ("mit Ei und Milch", "mit Ei oder Milch")],
}  # fmt: skip
MEMBERS = st.lists(st.integers(2, 900).map(str), min_size=3, max_size=6)
PARTED = (", ", " / ", "/", " | ", "; ", " and ", " & ", " + ", " \N{MIDDLE DOT} ")


@pytest.mark.parametrize(("tag", "before", "after"), cases(SAME))
def test_a_list_is_the_same_however_its_members_are_parted(
    tag: str, before: str, after: str
) -> None:
    assert same(before, after, tag)
    assert same(after, before, tag)


@pytest.mark.parametrize(("tag", "before", "after"), cases(OTHER))
def test_another_member_or_another_relation_is_another_list(
    tag: str, before: str, after: str
) -> None:
    assert not same(before, after, tag)
    assert not same(after, before, tag)


@given(MEMBERS, st.sampled_from(PARTED), st.sampled_from(PARTED))
def test_any_list_of_numbers_may_be_parted_in_any_way(
    members: list[str], one: str, other: str
) -> None:
    assert same(f"{one.join(members)} oz", f"{other.join(members)} oz", "en")


@given(MEMBERS, st.integers(0, 5), st.sampled_from(PARTED), st.sampled_from(PARTED))
def test_a_list_with_one_member_less_is_another(
    members: list[str], place: int, one: str, other: str
) -> None:
    fewer = [each for at, each in enumerate(members) if at != place % len(members)]
    assert not same(f"{one.join(members)} oz", f"{other.join(fewer)} oz", "en")


@given(st.text(max_size=80), st.text(max_size=80))
def test_whoever_is_first_is_no_matter(one: str, other: str) -> None:
    assert same(one, other, "en") is same(other, one, "en")
    assert wording(one, "en").says(wording(one, "en"))
