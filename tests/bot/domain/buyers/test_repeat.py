"""No repeat requests, in six languages."""

from __future__ import annotations

import pytest

from bot.domain.buyers.lint.repeat import repeat
from tests.bot.domain.buyers.drafts import told

CAUGHT = [
    "This is a gentle reminder.",
    "We already asked you for a photo.",
    "We are asking you again for a photo.",
    "Wir möchten Sie noch einmal um ein Foto bitten.",
    "Nous vous demandons de nouveau une photo.",
    "Último recordatorio: envíe una foto.",
    "Le chiediamo di nuovo una foto.",
    "再度お願いいたします。",
]
PASSES = [
    "We ask you for a photo.",
    "You ordered again on Monday.",
    "The pan arrived damaged once again.",
    "Wir bitten Sie um ein Foto.",
    "Nous vous demandons une photo.",
    "Le pedimos una foto.",
    "Le chiediamo una foto.",
    "写真をお願いいたします。",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_asking_again_is_caught(text: str) -> None:
    assert len(told(repeat, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_asking_once_passes(text: str) -> None:
    assert told(repeat, text) == []
