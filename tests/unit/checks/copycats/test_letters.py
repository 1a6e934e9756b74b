"""Names are read as they look at a glance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.copycats.letters import as_seen
from tests.cases import for_each


@for_each(
    ("written", "looks_like"),
    [
        ("Luma L\u0430rk", "Luma Lark"),
        ("\u041d\u043e\u0440\u0435", "Hope"),
        ("\uff21lder", "Alder"),
        ("A1der", "Alder"),
        ("M0ss", "Moss"),
        ("Northrnere", "Northmere"),
        ("Quiet-Vvater", "Quiet-Water"),
        ("Gr\u00e5sten", "Grasten"),
        ("Fjordkraft K\u00fcche", "Fjordkraft Kueche"),
        ("Stra\u00dfe", "Strasse"),
        ("l\u0131ma", "lima"),
    ],
)
def test_a_name_looks_like_another(written: str, looks_like: str) -> None:
    assert as_seen(written) == as_seen(looks_like)


@pytest.mark.parametrize(
    ("one", "other"), [("Alder", "Elder"), ("\u306f\u3053", "\u3070\u3053"), ("Moss", "Most")]
)
def test_what_the_eye_tells_apart_stays_apart(one: str, other: str) -> None:
    assert as_seen(one) != as_seen(other)


@given(st.text(max_size=50))
def test_every_text_can_be_read(text: str) -> None:
    assert isinstance(as_seen(text), str)
