"""No incentives."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import flat, found, phrases, sentences
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "No incentives"
_WORDS = phrases(
    r"(?:free gift|a gift for you|cash ?back|rewards?\b|bonus|freebie|vouchers?\b)",
    r"(?:(?:small|little) (?:gift|present)\b|prize draw|raffle)",
    r"(?:in exchange|in return) for (?:a|an|your|the)? ?(?:\w+ )?(?:review|rating|feedback|stars)",
    r"as a (?:small )?(?:thank[ -]you|token of)",
    r"(?:refund|money|compensat\w+|credit)[^.]{0,40}\b(?:for|if|when|once|after)\b[^.]{0,20}"
    r"\b(?:your?|leaving|writing|a (?:good|positive))\b[^.]{0,20}(?:review|rating|feedback|stars)",
    r"(?:\w*gutschein|gratisgeschenk|belohn|prämie|als (?:kleines )?dankeschön|verlosung)",
    r"(?:(?:kleines|gratis|kostenloses) geschenk|kleine aufmerksamkeit|gewinnspiel)",
    r"schenken (?:wir )?ihnen\b(?! unser)",
    r"(?:erstatt\w*|geld|entschädig\w*)[^.]{0,50}"
    r"ihre[rn]? (?:\w+ )?(?:bewertung|rezension|sterne)",
    r"(?:chèque[ -]cadeau|tirage au sort|en (?:guise de )?remerciement)",
    r"(?:petit cadeau|cadeau (?:gratuit|offert)|bon d'achat|récompens)",
    r"(?:cheque regalo|regalo gratuito|pequeño regalo|recompensa|bonificación|vale de \d)",
    r"(?:como (?:muestra de )?agradecimiento|le regalamos|sorteo)",
    r"(?:buono regalo|piccolo regalo|regalo gratuito|omaggio|ricompensa|premio)\b",
    r"(?:buono d[ai] \d|(?:come|in segno di) ringraziamento|le regaliamo|estrazione a premi)",
    ja="プレゼント(?:を(?:差し上げ|進呈|お送り)|いたし|します|進呈|が当た)|謝礼|特典|キャッシュバック"
    "|お礼(?:として|に[^。]{0,10}(?:差し上げ|進呈|お送り))|商品券|抽選|クオカード"
    "|ポイント(?:を)?(?:進呈|プレゼント|差し上げ)",
)
_CARD = phrases(
    r"(?:gift ?cards?|geschenkkarte|carte[ -]cadeau|tarjeta regalo|carta regalo)",
    ja="ギフト(?:券|カード)",
)
_PAID = phrases(
    r"(?:balance|pa(?:id|yment)|bezahlt|zahlung|payé|paiement|pagó|pago|pagato|pagamento)",
    ja="支払|残高",
)
_REVIEW = phrases(
    r"(?:leav|writ|post)\w* (?:us )?(?:a|an|your|the) (?:\w+ )?(?:review|rating|feedback)\b",
    r"your (?:\w+ )?(?:review|rating)\b",
    r"(?:für|gegen|nach) (?:eine|ihre) (?:\w+ )?(?:bewertung|rezension)\b(?! de[sr]\b)",
    r"(?:ihre[rn]?|eine) (?:\w+ )?(?:bewertung|rezension) (?:schreib|abgeb|hinterlass|verfass)",
    r"(?:schreiben|hinterlassen|verfassen) sie [^.]{0,20}(?:bewertung|rezension)",
    r"(?<!à )votre avis\b",
    r"(?:laiss|écri|publi|rédig)\w+ (?:un|votre) (?:\w+ )?avis\b",
    r"(?:contre|échange d(?:e|')) ?un avis\b",
    r"(?:por|a cambio de) (?:una|su|tu) (?:\w+ )?(?:reseña|opinión|valoración)",
    r"(?:dej|escrib|public)\w+ (?:una|su) (?:\w+ )?(?:reseña|opinión|valoración)",
    r"(?:per|in cambio di) (?:una|la sua) (?:\w+ )?(?:recensione|valutazione)",
    r"(?:lasc|scriv|pubblic)\w+ (?:una|la sua) (?:\w+ )?(?:recensione|valutazione)",
    ja="レビュー|口コミ",
)
_GIVEN = phrases(
    r"(?:free\b|refund|gift|money|pay\b|\d+ ?(?:dollars|euros?|€|eur|usd)\b|\$)",
    r"(?:gratis|kostenlos|geschenk|erstatt|geld\b)",
    r"(?:gratuit|cadeau|rembours|offert)",
    r"(?:regalo|reembols|devol)",
    r"rimbors",
    ja="差し上げ|進呈|プレゼント|返金|無料|円",
)


def incentives(draft: BuyerDraft) -> Iterator[Remark]:
    """What is offered mends the order; nothing is given besides, and nothing for a review."""
    words = found(_WORDS, draft.text)
    for sentence in sentences(flat(draft.text)):
        words = words or _card(sentence) or _for_review(sentence)
    if words:
        yield Remark(
            rule=RULE, says=f"'{words}' reads like an incentive. Offer what solves the problem."
        )


def _card(sentence: str) -> str:
    """Find a gift card, but not the one that the order was paid with."""
    return "" if found(_PAID, sentence) else found(_CARD, sentence)


def _for_review(sentence: str) -> str:
    """Find a review beside something that is given."""
    return found(_REVIEW, sentence) if found(_GIVEN, sentence) else ""
