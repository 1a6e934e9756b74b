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
