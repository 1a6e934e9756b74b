"""Advice: nothing is admitted that nobody knows yet."""

from __future__ import annotations

import pytest

from bot.features.letters.rules.buyers.admission import admission
from tests.unit.features.letters.buyers.drafts import told

CAUGHT = [
    "It was our fault.",
    "We made a mistake.",
    "Das war unser Fehler.",
    "C'est notre faute.",
    "Es culpa nuestra.",
    "È colpa nostra.",
    "弊社のミスでございます。",
]
PASSES = [
    "We are sorry for the inconvenience.",
    "It is not known whose fault it was.",
    "Ein Fehler der Seite ist möglich.",
    "Nous vous prions de nous excuser.",
    "Le pedimos disculpas.",
    "Ci scusiamo.",
    "申し訳ございません。",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_an_admission_is_remarked(text: str) -> None:
    assert len(told(admission, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_an_apology_passes(text: str) -> None:
    assert told(admission, text) == []
