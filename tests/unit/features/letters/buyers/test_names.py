"""No buyer's name in the greeting."""

from __future__ import annotations

import pytest

from bot.features.letters.rules.buyers.names import names
from tests.unit.features.letters.buyers.drafts import told

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
    "Hey Jane,",
    "hello Jane,",
    "hi jane,",
    "HELLO JANE,",
    "Dear J. Doe,",
    "Dear Prof. Smith,",
    "Good day Jane,",
    "Grüß Gott Frau Huber,",
    "Sehr geehrte Damen und Herren, liebe Frau Müller,",
    "hallo jana!",
    "Madame Dupont,",
    "Salut Jean,",
    "Estimado D. Juan García:",
    "Apreciado Juan:",
    "Gent.ma Sig.ra Rossi,",
    "山田 様\nお世話になっております。",
    "本多様、",
    "佐藤様へ",
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
    "Dear Seller Support,",
    "Dear Support Team,",
    "Dear Selling Partner,",
    "Dear Seller,",
    "Dear Brand Registry Team,",
    "Dear Valued Customer,",
    "Dear Sirs,",
    "Dear All,",
    "Hello again,",
    "hello everyone,",
    "Hello from Amazon Selling Partner Support,",
    "Hello We are writing about your order.",
    "Hi Thank you for the photo.",
    "Guten Tag Wir schreiben Ihnen.",
    "Guten Tag, Ihre Bestellung ist unterwegs.",
    "Guten Tag, Vielen Dank für das Foto.",
    "Hallo zusammen,",
    "Hallo Support-Team,",
    "Sehr geehrter Verkäufer,",
    "Sehr geehrtes Amazon-Team,",
    "Bonjour Votre commande est en route.",
    "Bonjour à tous,",
    "Bonjour madame,",
    "Cher vendeur,",
    "Buenos días, Le escribimos por su pedido.",
    "Estimado vendedor:",
    "Estimados señores:",
    "Buongiorno, Le scriviamo per il suo ordine.",
    "Gentile venditore,",
    "Gentile Signora, gentile Signore,",
    "商品の仕様、寸法をご確認ください。",
    "前回と同様、",
    "ご担当者様",
    "出品者様、",
    "アマゾンジャパン様",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_a_greeting_by_name_is_caught(text: str) -> None:
    assert len(told(names, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_a_greeting_of_nobody_passes(text: str) -> None:
    assert told(names, text) == []
