"""No marketing, in six languages."""

from __future__ import annotations

import pytest

from bot.domain.buyers.lint.marketing import marketing
from tests.bot.domain.buyers.drafts import told

CAUGHT = [
    "Use code SAVE10 for a discount on your next pan.",
    "Get 20% off today.",
    "Please visit our other products.",
    "Check out our new lids.",
    "Follow us for news.",
    "A promo code is waiting.",
    "We hope to see you for your next order.",
    "Buy again and save.",
    "Sichern Sie sich 10 % Rabatt.",
    "Folgen Sie uns für Neuigkeiten.",
    "Es gibt Sommerrabatt.",
    "Entdecken Sie auch unsere Deckel.",
    "Auf Ihre nächste Bestellung geben wir etwas nach.",
    "Unsere weiteren Produkte finden Sie dort.",
    "Voici un code promo.",
    "Découvrez notre gamme.",
    "10 % de remise vous attendent.",
    "Pour votre prochaine commande, tout est moins cher.",
    "Le damos un descuento.",
    "Visite nuestra tienda.",
    "Para su próxima compra.",
    "Ecco uno sconto.",
    "Scopra i nostri prodotti.",
    "Per il suo prossimo acquisto.",
    "クーポンをお送りします。",
    "新商品のご案内です。",
    "次回のご注文で使えます。",
    "他の商品もぜひご覧ください。",
]
PASSES = [
    "We offer you a refund, and the price is paid back.",
    "The terms of sale on the page apply.",
    "The item was promoted to you wrongly by a page that was changed.",
    "Follow the instructions on the box.",
    "It is the next parcel that arrives.",
    "You ordered a new one.",
    "Your subscription order arrived damaged.",
    "Wir bieten Ihnen eine Erstattung an.",
    "Das Angebot auf der Seite war verändert.",
    "Die nächste Lieferung kommt am Montag.",
    "Wir folgen dem nach.",
    "La remise du colis a eu lieu mardi.",
    "Nous vous offrons un remboursement.",
    "La prochaine livraison arrive lundi.",
    "Le ofrecemos un reembolso.",
    "La próxima entrega llega el lunes.",
    "Le offriamo il rimborso.",
    "La prossima consegna arriva lunedì.",
    "Può scoprire il difetto sul fondo.",
    "商品を交換いたします。",
    "他の商品が届いたと伺いました。",
    "アッセイセールという品名です。",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_what_sells_something_is_caught(text: str) -> None:
    assert len(told(marketing, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_what_only_sounds_like_it_passes(text: str) -> None:
    assert told(marketing, text) == []
