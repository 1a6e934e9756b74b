"""No buyer's name in the greeting."""

from __future__ import annotations

import pytest

from bot.domain.buyers.lint.names import names
from tests.bot.domain.buyers.drafts import told

CAUGHT = [
    "Dear Jane,\nyour order",
    "Hello Mr Smith,",
    "Hi John",
    "Dear Mrs. Jones,",
    "Sehr geehrte Frau Müller,",
    "Hallo Herr Özdemir,",
    "Liebe Anna,",
    "Bonjour Madame Dupont,",
    "Cher Paul,",
    "Estimado señor García:",
    "Hola María:",
    "Gentile Sig.ra Rossi,",
    "Buongiorno Marco,",
    "山田様\nお世話になっております。",
]
PASSES = [
    "Hello,\n\nWe are writing",
    "Dear customer,",
    "Dear Customer,",
    "Dear Sir or Madam,",
    "Dear Amazon customer,",
    "Guten Tag,\n\nes geht",
    "Sehr geehrte Damen und Herren,",
    "Sehr geehrte Kundin, sehr geehrter Kunde,",
    "Bonjour,\n\nNous vous",
    "Madame, Monsieur,",
    "Cher client,",
    "Hola:\n\nLe escribimos",
    "Estimado cliente:",
    "Buongiorno,\n\nle scriviamo",
    "Gentile Cliente,",
    "お客様\n\nお世話",
    "皆様、",
    "お客様の商品の仕様は同様です。",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_a_greeting_by_name_is_caught(text: str) -> None:
    assert len(told(names, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_a_greeting_of_nobody_passes(text: str) -> None:
    assert told(names, text) == []
