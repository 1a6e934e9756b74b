"""No repeat requests, in six languages."""

from __future__ import annotations

import pytest

from bot.features.letters.rules.buyers.repeat import repeat
from tests.unit.features.letters.buyers.drafts import told

CAUGHT = [
    "This is a gentle reminder.",
    "We already asked you for a photo.",
    "We are asking you again for a photo.",
    "Wir möchten Sie noch einmal um ein Foto bitten.",
    "Nous vous demandons de nouveau une photo.",
    "Último recordatorio: envíe una foto.",
    "Le chiediamo di nuovo una foto.",
    "再度お願いいたします。",
    "We have not heard from you, so we write again.",
    "We have not received your answer yet.",
    "Just following up on our last message.",
    "This is our third message.",
    "Leider haben wir noch keine Antwort von Ihnen.",
    "Wir haben Ihnen bereits geschrieben.",
    "Zur Erinnerung: Bitte senden Sie uns ein Foto.",
    "Nous vous avons déjà écrit.",
    "Nous n'avons pas encore reçu votre réponse.",
    "Pour rappel, merci d'envoyer une photo.",
    "Ya le hemos escrito.",
    "Todavía no hemos recibido su respuesta.",
    "Le abbiamo già scritto.",
    "Non abbiamo ancora ricevuto risposta.",
    "先日もご連絡いたしました。",
    "まだご返信をいただいておりません。",
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
    "We have not received your return yet.",
    "If you have not heard from Amazon, tell us.",
    "Wir haben noch keine Rückmeldung vom Zusteller.",
    "Nous n'avons pas encore reçu votre retour.",
    "Le recordamos que la garantía cubre el defecto.",
    "Non abbiamo ancora ricevuto il reso.",
    "返品の商品はまだ届いておりません。",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_asking_again_is_caught(text: str) -> None:
    assert len(told(repeat, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_asking_once_passes(text: str) -> None:
    assert told(repeat, text) == []
