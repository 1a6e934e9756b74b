"""Not thanks alone, in six languages."""

from __future__ import annotations

import pytest

from bot.features.letters.rules.buyers.thanks_only import thanks_only
from tests.unit.features.letters.buyers.drafts import told

CAUGHT = [
    "Thank you for your order! Enjoy it.",
    "Thanks so much for choosing us.",
    "Vielen Dank für Ihre Bestellung und viel Freude damit.",
    "Merci pour votre commande.",
    "Gracias por su pedido.",
    "Grazie per il suo ordine.",
    "ご注文いただき、ありがとうございます。",
    "We appreciate your purchase.",
    "Nous vous remercions de votre achat.",
    "Thank you for your order. We hope that it arrived well.",
]
PASSES = [
    "Thank you for telling us. We refund you in full.",
    "Thank you: your order is late, and we look after it.",
    "Danke für Ihre Nachricht. Wir erstatten den Betrag.",
    "Merci de votre message. Nous vous remboursons.",
    "Gracias. Le reembolsamos el importe.",
    "Grazie. La rimborsiamo.",
    "ありがとうございます。返金いたします。",
    "Your parcel is on its way.",
    "Thank you for your message. Your order was shipped on Monday.",
    "Thank you: the warranty covers this.",
    "Danke für Ihre Nachricht. Ihr Paket wurde am Montag verschickt.",
    "Merci de votre message. Le colis a été expédié lundi.",
    "Agradecemos su paciencia mientras revisamos el envío.",
    "La ringraziamo per la pazienza mentre controlliamo la spedizione.",
    "ありがとうございます。本日発送いたしました。",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_thanks_and_nothing_else_are_caught(text: str) -> None:
    assert len(told(thanks_only, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_thanks_with_a_matter_pass(text: str) -> None:
    assert told(thanks_only, text) == []
