"""No incentives, in six languages."""

from __future__ import annotations

import pytest

from bot.domain.buyers.lint.incentives import incentives
from tests.bot.domain.buyers.drafts import told

CAUGHT = [
    "We will send you a gift card.",
    "There is a free gift in it for you.",
    "In exchange for a review we refund you.",
    "We refund you after your review is up.",
    "As a thank-you we add a lid.",
    "You get cash back.",
    "Als Dankeschön legen wir einen Deckel bei.",
    "Sie erhalten einen Gutschein.",
    "Wir erstatten den Betrag, sobald Ihre Bewertung da ist.",
    "Ein kleines Geschenk liegt bei.",
    "Nous joignons un petit cadeau.",
    "Un chèque-cadeau vous attend.",
    "En échange d'un avis, nous vous remboursons.",
    "Le enviamos una tarjeta regalo.",
    "A cambio de una reseña le devolvemos el dinero.",
    "Como agradecimiento le damos algo.",
    "Le inviamo un buono regalo.",
    "In cambio di una recensione la rimborsiamo.",
    "Un omaggio per lei.",
    "ギフト券を差し上げます。",
    "お礼として粗品をお送りします。",
    "プレゼントを差し上げます。",
]
PASSES = [
    "We will refund this order in full.",
    "You bought it as a gift, so we hurry.",
    "The gift wrapping was damaged.",
    "We send a replacement free of charge.",
    "We refund you as soon as the parcel is back.",
    "You rewarded us with patience.",
    "We refund you once our review of the photos is done.",
    "Wir erstatten den Betrag nach der Bewertung des Schadens.",
    "Die Gutschrift folgt.",
    "Sie haben es als Geschenk gekauft.",
    "Die Geschenkverpackung war beschädigt.",
    "Wir erstatten Ihnen den vollen Betrag.",
    "Vielen Dank für Ihre Geduld.",
    "L'emballage cadeau était abîmé.",
    "Nous vous envoyons un autre article en échange.",
    "Nous vous remboursons.",
    "El papel de regalo estaba roto.",
    "Le reembolsamos el importe a cambio de la devolución.",
    "La confezione regalo era rotta.",
    "Le rimborsiamo l'importo.",
    "プレゼント用の包装が破れていたと伺いました。",
    "全額返金いたします。",
    "お礼を申し上げます。",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_what_is_given_besides_is_caught(text: str) -> None:
    assert len(told(incentives, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_what_mends_the_order_passes(text: str) -> None:
    assert told(incentives, text) == []
