"""No asking to change or remove a review, or for a good one, in six languages."""

from __future__ import annotations

import pytest

from bot.features.letters.rules.buyers.review_change import review_change
from tests.unit.features.letters.buyers.drafts import told

CAUGHT = [
    "Please remove your review.",
    "Could you update your negative feedback?",
    "We hope you will reconsider the rating.",
    "We would like your review to be removed.",
    "Please leave us a positive review.",
    "A 5-star rating helps us.",
    "Bitte ändern Sie Ihre Bewertung.",
    "Könnten Sie die Rezension löschen?",
    "Über eine positive Bewertung freuen wir uns.",
    "Geben Sie uns 5 Sterne.",
    "Merci de modifier votre avis.",
    "Pourriez-vous supprimer votre commentaire ?",
    "Un avis positif nous aide.",
    "Donnez-nous cinq étoiles.",
    "Por favor, elimine su reseña.",
    "Le rogamos que modifique su opinión.",
    "Una reseña positiva nos ayuda.",
    "Denos 5 estrellas.",
    "La preghiamo di modificare la sua recensione.",
    "Rimuova la recensione, per favore.",
    "Una recensione positiva ci aiuta.",
    "Ci dia cinque stelle.",
    "レビューを削除していただけますか。",
    "評価の変更をお願いいたします。",
    "高評価をお願いします。",
    "星5をお願いします。",
    "We would appreciate it if you could raise your rating.",
    "Please consider changing the one-star review.",
    "Please contact us before leaving a negative review.",
    "If you are happy, please leave a review.",
    "Wären Sie so freundlich, Ihre Bewertung anzupassen?",
    "Bitte nehmen Sie Ihre negative Bewertung zurück.",
    "Bitte bewerten Sie uns positiv.",
    "Bevor Sie eine schlechte Bewertung abgeben, schreiben Sie uns.",
    "Pourriez-vous changer votre note ?",
    "Un bon avis nous aiderait.",
    "Avant de laisser un avis négatif, écrivez-nous ici.",
    "Una buena reseña nos ayudaría.",
    "Antes de dejar una reseña negativa, escríbanos aquí.",
    "Por favor, mejore su puntuación.",
    "Per favore, rimuova il suo feedback negativo.",
    "Una buona recensione ci aiuterebbe.",
    "Prima di lasciare una recensione negativa, ci scriva qui.",
    "Potrebbe migliorare la sua valutazione?",
    "レビューを消していただけますか。",
    "低評価を取り下げていただけないでしょうか。",
    "レビューを書き直していただけますか。",
    "悪いレビューを投稿する前にご連絡ください。",
]
PASSES = [
    "We have reviewed your order.",
    "We will update you on your order.",
    "We changed the way we pack.",
    "After a review of your case we refund you.",
    "You are welcome to leave a review of the product.",
    "We removed the damaged pan from our stock.",
    "Your feedback helps us to improve our packaging.",
    "Wir haben Ihre Bestellung geprüft und den Vorgang geändert.",
    "Nach der Bewertung des Schadens melden wir uns.",
    "Sie können gern eine Rezension schreiben.",
    "À votre avis, quelle pièce manque ?",
    "Un avis de passage a été laissé par le livreur.",
    "Vous pouvez modifier votre commande.",
    "Nous prenons note de vos remarques.",
    "Puede modificar su pedido.",
    "En su opinión, ¿qué pieza falta?",
    "Puede dejar una reseña si lo desea.",
    "Può modificare il suo ordine.",
    "Secondo il suo giudizio, che cosa manca?",
    "Può lasciare una recensione, se lo desidera.",
    "ご注文内容の変更を承りました。",
    "レビューはご自由にお書きください。",
    "If you are happy with the replacement, nothing more is to be done.",
    "We raise the matter with the carrier.",
    "Bevor Sie den Artikel zurücksenden, antworten Sie bitte.",
    "Bitte nehmen Sie den Artikel aus dem Karton zurück.",
    "Avant de retourner l'article, répondez à ce message.",
    "Merci de noter le numéro de lot.",
    "Antes de devolver el artículo, responda a este mensaje.",
    "Prima di restituire l'articolo, risponda a questo messaggio.",
    "返品の前にこのメッセージにご返信ください。",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_steering_a_review_is_caught(text: str) -> None:
    assert len(told(review_change, text)) == 1


@pytest.mark.parametrize("text", PASSES)
def test_a_neutral_request_and_other_reviewing_pass(text: str) -> None:
    assert told(review_change, text) == []
