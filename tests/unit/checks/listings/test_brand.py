"""Another brand is grave; a brand within Amazon's words for its store is the same."""

from __future__ import annotations

import pytest

from bot.core.findings import Severity
from tests.cases import for_each
from tests.unit.checks.listings.pages import changes


@for_each(
    "written",
    [
        "HOLLOW OAK",
        "Hollow Oak\N{TRADE MARK SIGN}",
        "Hollow\N{NO-BREAK SPACE}Oak (R)",
        "Visit the Hollow Oak Store",
        "Brand: Hollow Oak",
        "Besuche den Hollow Oak-Store",
        "Marke: Hollow Oak",
        "Visiter la boutique Hollow Oak",
        "Marque : Hollow Oak",
        "Visita la tienda de Hollow Oak",
        "Visita lo Store di Hollow Oak",
        "Marca: Hollow Oak",
        "Hollow Oakのストアを表示",
        "ブランド: Hollow Oak",
        "Bezoek de Hollow Oak-store",
        "Bezoek de Store van Hollow Oak",
        "Odwiedź sklep Hollow Oak",
        "\N{LEFT-TO-RIGHT MARK}Hollow Oak\N{ZERO WIDTH NO-BREAK SPACE}",
        "Hollow \N{ZERO WIDTH SPACE}Oak",
        "Visit the \N{LEFT-TO-RIGHT ISOLATE}Hollow Oak\N{POP DIRECTIONAL ISOLATE} Store",
    ],
)
def test_amazons_words_around_a_brand_are_no_change(written: str) -> None:
    assert changes(brand=("Hollow Oak", written)) == ()
    assert changes(brand=(written, "Hollow Oak")) == ()


@pytest.mark.parametrize("after", ["Fyrrox", "Hollow Oaks", "Generic", "Visit the Fyrrox Store"])
def test_another_brand_is_grave(after: str) -> None:
    (change,) = changes(brand=("Hollow Oak", after))
    assert (change.severity, change.summary) == (Severity.CRITICAL, "The brand changed")


def test_both_brands_stand_side_by_side_without_amazons_words() -> None:
    (change,) = changes(brand=("Visit the Hollow Oak Store", "Brand: Fyrrox"))
    assert (change.before, change.after) == ("Hollow Oak", "Fyrrox")


def test_an_empty_brand_is_grave() -> None:
    (change,) = changes(brand=("Hollow Oak", ""))
    assert (change.severity, change.summary) == (Severity.CRITICAL, "The brand is empty")


@pytest.mark.parametrize(
    ("tag", "before", "after", "shown"),
    [
        ("en", "Hollow Oak", "Hol\N{ZERO WIDTH NON-JOINER}low Oak", "Hol\ufffdlow Oak"),
        ("en", "Hollow Oak", "Visit the Hollow O\N{INVISIBLE TIMES}ak Store", "Hollow O\ufffdak"),
        ("en", "Hollow Oak", "Holl&#8203;ow O&shy;ak", "Holl\ufffdow O\ufffdak"),
        ("en", "Hollow Oak", "Hollow O\N{VARIATION SELECTOR-16}ak", "Hollow O\ufffdak"),
        ("en", "Hollow Oak", "Hollow O\N{VARIATION SELECTOR-17}ak", "Hollow O\ufffdak"),
        (
            "de",
            "Böttcher & Söhne",
            "B\N{HANGUL FILLER}öttcher und Söhne",
            "B\ufffdöttcher und Söhne",
        ),
        ("ja", "月見堂", "月見\N{LEFT-TO-RIGHT MARK}堂", "月見\ufffd堂"),
        ("ar", "نسيم", "نس\N{ZERO WIDTH SPACE}يم", "نس\ufffdيم"),
    ],
)
def test_an_invisible_character_inside_a_word_is_grave_and_shown(
    tag: str, before: str, after: str, shown: str
) -> None:
    (change,) = changes(tag, title=(None, None), brand=(before, after))
    assert (change.severity, change.summary) == (
        Severity.CRITICAL,
        "The brand has an invisible character in it",
    )
    assert (change.before, change.after) == (before, shown)


@pytest.mark.parametrize("hidden", ["\N{ZERO WIDTH SPACE}", "\N{SOFT HYPHEN}"])
def test_a_brand_that_had_it_and_has_it_still_is_no_change(hidden: str) -> None:
    split = f"Hol{hidden}low Oak"
    assert changes(brand=(split, f"{split} \N{LEFT-TO-RIGHT MARK}")) == ()
    assert changes(brand=(split, "HOLLOW OAK")) == ()
    assert changes(brand=(split, f"Hollow O{hidden}ak")) != ()


@pytest.mark.parametrize(
    ("tag", "before", "after"),
    [
        ("fa", "میخواهم", "می\N{ZERO WIDTH NON-JOINER}خواهم"),
        ("hi", "रक्षा", "रक्\N{ZERO WIDTH JOINER}षा"),
        ("th", "ต้นไม้", "ต้น\N{ZERO WIDTH SPACE}ไม้"),
        ("ja", "葛城堂", "葛\N{VARIATION SELECTOR-17}城堂"),
        ("en", "Fox \u2764 Co", "Fox \u2764\N{VARIATION SELECTOR-16} Co"),
        ("en", "Fox \U0001f468\U0001f467", "Fox \U0001f468\N{ZERO WIDTH JOINER}\U0001f467"),
    ],
)
def test_what_belongs_to_the_spelling_of_a_script_or_a_picture_is_no_change(
    tag: str, before: str, after: str
) -> None:
    assert changes(tag, title=(None, None), brand=(before, after)) == ()
    assert changes(tag, title=(None, None), brand=(after, before)) == ()


def test_the_same_brand_split_elsewhere_is_told_by_another_name() -> None:
    (one,) = changes(brand=("Hollow Oak", "Hol\N{ZERO WIDTH SPACE}low Oak"))
    (other,) = changes(brand=("Hollow Oak", "Hollow O\N{ZERO WIDTH SPACE}ak"))
    (again,) = changes(brand=("Hollow Oak", "HOL\N{WORD JOINER}LOW OAK"))
    assert one.fingerprint == again.fingerprint != other.fingerprint
