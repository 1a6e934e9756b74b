"""Links to Amazon, and to no others."""

from __future__ import annotations

import pytest

from bot.features.letters.rules.buyers.links import links
from tests.unit.features.letters.buyers.drafts import told

CAUGHT = [
    "See https://alder.example/pans for more.",
    "See www.alder-finch.com.",
    "Go to alder-finch.shop/pans now.",
    "https://amazon.com.evil.net/x",
    "https://notamazon.com/dp/B0ALDER001",
    "https://evil.net/amazon.de",
    "See http://x:y/ for it.",
    "Please visit our website.",
    "Besuchen Sie unsere Website.",
    "Visitez notre site.",
    "En nuestra página web.",
    "Sul nostro sito.",
    "弊社のホームページをご覧ください。",
    "amzn.to/3abc is short.",
    "Scan the QR code on the box.",
    "alder-finch dot com has it.",
    "Auf unserer Internetseite finden Sie ein Formular.",
    "Scannen Sie den QR-Code auf dem Karton.",
    "Scannez le QR code.",
    "Escanee el código QR.",
    "Sulla nostra pagina web.",
    "Scansioni il codice QR.",
    "ホームページをご覧ください。",
    "QRコードを読み取ってください。",
]
PASSES = [
    "See https://www.amazon.de/dp/B0ALDER001.",
    "https://sellercentral.amazon.co.uk/help",
    "Look at amazon.com under 'Your Orders'.",
    "Amazon.de hat die Lieferung bestätigt.",
    "It arrived.Es tut uns leid.",
    "Version 2.5 has 3.5 mm.",
    "The page on Amazon was changed.",
    "e.g. the lid, i.e. the top",
    "Show the QR code from Amazon at the counter.",
    "It is sold at amazon dot com.",
    "Zeigen Sie den QR-Code von Amazon in der Filiale.",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_a_link_elsewhere_is_caught(text: str) -> None:
    assert len(told(links, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_a_link_to_amazon_passes(text: str) -> None:
    assert told(links, text) == []
