"""No way to reach us outside Amazon, in six languages."""

from __future__ import annotations

import pytest

from bot.features.letters.rules.buyers.contact_details import contact_details
from tests.unit.features.letters.buyers.drafts import told

CAUGHT = [
    "Write to help@alder.example at any time.",
    "Our number is +49 30 901820.",
    "Please call us.",
    "Give us a call tomorrow.",
    "Reach us by phone.",
    "Add us on WhatsApp.",
    "Find us on Facebook.",
    "Rufen Sie uns an.",
    "Sie erreichen uns telefonisch.",
    "Unsere Telefonnummer steht auf der Rechnung.",
    "Schreiben Sie uns per E-Mail.",
    "Appelez-nous demain.",
    "Vous pouvez nous joindre par téléphone.",
    "Notre adresse e-mail est sur la facture.",
    "Llámenos mañana.",
    "Puede contactarnos por teléfono.",
    "Nuestro teléfono está en la factura.",
    "Ci chiami domani.",
    "Può contattarci per telefono.",
    "Il nostro numero di telefono è sulla fattura.",
    "お電話ください。",
    "弊社の電話番号は箱に記載しております。",
    "LINEでご連絡ください。",
    "Send us an e-mail.",
    "Please write an email to us.",
    "Our customer hotline is open.",
    "Call our service team.",
    "Contact us directly, outside of Amazon.",
    "Schreiben Sie uns eine E-Mail.",
    "Sie können uns anrufen.",
    "Kontaktieren Sie uns direkt.",
    "Unsere Handynummer steht auf dem Zettel.",
    "Envoyez-nous un e-mail.",
    "Vous pouvez nous appeler.",
    "Notre numéro est sur la facture.",
    "Notre service est joignable par téléphone.",
    "Envíenos un correo electrónico.",
    "Puede llamarnos.",
    "Llame a nuestro servicio.",
    "Ci invii un'e-mail.",
    "Può chiamarci.",
    "Ci scriva via e-mail.",
    "Il nostro numero è sulla fattura.",
    "メールをお送りください。",
    "電話でご連絡ください。",
    "弊社まで直接ご連絡ください。",
    "インスタグラムでご連絡ください。",
]
PASSES = [
    "Somebody is on call for this order.",
    "That is what we call a pan.",
    "The recall does not concern it.",
    "Amazon sends you the label by e-mail.",
    "A so-called counterfeit.",
    "Simply reply to this message.",
    "The phone case in your order arrived damaged.",
    "It was ordered on 2026-11-10 for 24.99 EUR.",
    "Amazon schickt Ihnen das Etikett per E-Mail.",
    "Die sogenannte Pfanne ist ein Topf.",
    "Antworten Sie uns an dieser Stelle.",
    "Sie rufen damit die Seite auf.",
    "Amazon vous envoie l'étiquette par e-mail.",
    "Vous pouvez appeler cela un défaut.",
    "Répondez-nous ici.",
    "Amazon le envía la etiqueta por correo electrónico.",
    "Se llama sartén.",
    "Amazon le invia l'etichetta via e-mail.",
    "Si chiama padella.",
    "Amazonからメールでラベルが届きます。",
    "このメッセージにご返信ください。",
    "オンラインの注文です。",
    "You should have received an e-mail from Amazon.",
    "Please call Amazon's customer service if the refund does not arrive.",
    "Bitte rufen Sie in Ihrem Amazon-Konto die Bestellung auf.",
    "Sie haben eine E-Mail von Amazon erhalten.",
    "Notre numéro de suivi est dans votre compte.",
    "Il nostro numero di lotto è sul fondo.",
    "Usted recibió un correo de Amazon.",
    "Amazonからのメールをご確認ください。",
    "お電話での窓口はAmazonカスタマーサービスです。",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_another_way_to_reach_us_is_caught(text: str) -> None:
    assert len(told(contact_details, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_what_stays_with_amazon_passes(text: str) -> None:
    assert told(contact_details, text) == []
