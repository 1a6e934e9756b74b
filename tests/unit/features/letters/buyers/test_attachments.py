"""No attachments that are not needed, in six languages."""

from __future__ import annotations

import pytest

from bot.features.letters.rules.buyers.attachments import attachments
from tests.unit.features.letters.buyers.drafts import told

CAUGHT = [
    "Our catalogue is attached.",
    "Please find attached our brochure.",
    "I attach a picture of our shop.",
    "See the attachment.",
    "Anbei unser Katalog.",
    "Im Anhang finden Sie ein Bild von uns.",
    "Vous trouverez ci-joint notre catalogue.",
    "Adjuntamos nuestro catálogo.",
    "In allegato il nostro catalogo.",
    "カタログを添付いたします。",
    "I've attached a picture of our shop.",
    "See attached.",
    "Enclosed please find our catalogue.",
    "En pièce jointe, notre catalogue.",
]
PASSES = [
    "The invoice is attached.",
    "Please attach a photo to your reply.",
    "The handle is attached to the pan with two screws.",
    "We attach importance to that.",
    "Attached you find the instructions.",
    "Anbei die Rechnung.",
    "Das dem Paket beigefügte Teil passt nicht.",
    "Fügen Sie Ihrer Antwort bitte ein Foto bei.",
    "Im Anhang finden Sie die Anleitung.",
    "Vous trouverez ci-joint la facture.",
    "Merci de joindre une photo à votre réponse.",
    "Adjuntamos la factura.",
    "Adjunte una foto a su respuesta, por favor.",
    "In allegato la fattura.",
    "Può allegare una foto alla risposta.",
    "請求書を添付いたします。",
    "写真を添付してご返信ください。",
    "Die Schrauben waren nicht beigefügt.",
    "En pièce jointe, la notice de montage.",
    "The label is enclosed in the parcel.",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_what_nobody_needs_is_caught(text: str) -> None:
    assert len(told(attachments, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_what_the_order_needs_and_what_the_buyer_sends_pass(text: str) -> None:
    assert told(attachments, text) == []
