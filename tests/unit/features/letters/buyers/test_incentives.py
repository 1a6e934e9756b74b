"""No incentives, in six languages."""

from __future__ import annotations

import pytest

from bot.features.letters.rules.buyers.incentives import incentives
from tests.unit.features.letters.buyers.drafts import told

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
    "We would like to give you a voucher.",
    "Leave us a review and get a free lid.",
    "We will send you a free lid if you leave a review.",
    "Write a review and we refund you.",
    "We will pay you 20 dollars for your honest review.",
    "We'd love to send you a small present.",
    "We enter you into a prize draw.",
    "Schreiben Sie eine Bewertung und Sie erhalten einen Deckel gratis.",
    "Für Ihre Rezension erhalten Sie 10 Euro.",
    "Wir erstatten den Betrag, wenn Sie eine Bewertung schreiben.",
    "Gegen eine Bewertung erhalten Sie Ihr Geld zurück.",
    "Als kleines Dankeschön gibt es einen Deckel.",
    "Als kleine Aufmerksamkeit legen wir einen Deckel bei.",
    "Sie nehmen an einer Verlosung teil.",
    "Wir schenken Ihnen einen Deckel.",
    "Laissez un avis et recevez un couvercle gratuit.",
    "Pour votre avis, vous recevez 10 euros.",
    "Nous vous remboursons si vous laissez un avis.",
    "En remerciement, nous ajoutons un couvercle.",
    "Vous participez à un tirage au sort.",
    "Deje una reseña y reciba una tapa gratis.",
    "Por su reseña le damos 10 euros.",
    "Le reembolsamos si escribe una reseña.",
    "Le regalamos una tapa.",
    "Participa en un sorteo.",
    "Le damos un vale de 10 euros.",
    "Lasci una recensione e riceva un coperchio gratis.",
    "Per la sua recensione riceve 10 euro.",
    "La rimborsiamo se scrive una recensione.",
    "Le regaliamo un coperchio.",
    "Partecipa a un'estrazione a premi.",
    "Le diamo un buono da 10 euro.",
    "レビューを書いていただいた方に500円を差し上げます。",
    "レビューを投稿いただければ全額返金します。",
    "お礼に小さな品をお送りします。",
    "抽選でプレゼントが当たります。",
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
    "The refund goes to your Amazon gift card balance, as you paid with it.",
    "The payment was made by gift card, so the amount returns there.",
    "Your feedback on the replacement would help us.",
    "Sie hatten mit einer Geschenkkarte bezahlt; der Betrag geht dorthin zurück.",
    "Vous aviez payé avec une carte cadeau : le montant y retourne.",
    "À votre avis, faut-il rembourser ou remplacer ?",
    "Usted pagó con una tarjeta regalo; el importe vuelve a ella.",
    "En su opinión, ¿prefiere el reembolso?",
    "Ha pagato con una carta regalo; l'importo torna lì.",
    "ギフトカードでのお支払い分は残高へ返金いたします。",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_what_is_given_besides_is_caught(text: str) -> None:
    assert len(told(incentives, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_what_mends_the_order_passes(text: str) -> None:
    assert told(incentives, text) == []
