"""A card names each of its facts by a word of its own, in every language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import pytest

from bot.core.cards import Card
from bot.core.interface import InterfaceLanguage, speak
from tests.pictures import alerting, guarding_pages, listings

MADE: tuple[Callable[[], Mapping[str, Card]], ...] = (
    alerting.cards,
    listings.cards,
    guarding_pages.cards,
)


@pytest.mark.parametrize("language", InterfaceLanguage)
def test_no_label_stands_twice_on_a_case(language: InterfaceLanguage) -> None:
    with speak(language):
        shown = {name: card for make in MADE for name, card in make().items()}
    twice = {
        (name, label)
        for name, card in shown.items()
        for label, times in Counter(field.label for field in card.fields).items()
        if times > 1
    }
    assert twice == set()
