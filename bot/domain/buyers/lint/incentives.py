"""No incentives."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.buyers.messages import Draft
from bot.domain.letters import Remark
from bot.domain.phrases import found, phrases

RULE = "No incentives"
_WORDS = phrases(
    r"(?:gift ?cards?|free gift|small gift|a gift for you|cash ?back|rewards?\b|bonus|freebie)",
    r"(?:in exchange|in return) for (?:a|an|your|the)? ?(?:\w+ )?(?:review|rating|feedback|stars)",
    r"as a (?:small )?(?:thank[ -]you|token of)",
    r"(?:refund|money|voucher|compensat\w+|credit)[^.]{0,40}\b(?:for|if|when|once|after)\b[^.]{0,20}"
    r"\b(?:your?|leaving|writing|a (?:good|positive))\b[^.]{0,20}(?:review|rating|feedback|stars)",
    r"(?:\w*gutschein|geschenkkarte|gratisgeschenk|belohn|prämie|als dankeschön)",
    r"(?:kleines|gratis|kostenloses) geschenk",
    r"(?:erstatt\w*|geld|entschädig\w*)[^.]{0,50}"
    r"ihre[rn]? (?:\w+ )?(?:bewertung|rezension|sterne)",
    r"(?:carte|chèque)[ -]cadeau",
    r"(?:petit cadeau|cadeau (?:gratuit|offert)|bon d'achat|récompens|en guise de remerciement)",
    r"en échange d(?:e|'un|'une|e votre) (?:\w+ )?(?:avis|commentaire|évaluation)",
    r"(?:tarjeta regalo|cheque regalo|regalo gratuito|pequeño regalo|recompensa|bonificación)",
    r"como (?:muestra de )?agradecimiento",
    r"a cambio de (?:un|una|su|tu) (?:reseña|opinión|valoración|comentario)",
    r"(?:buono regalo|carta regalo|piccolo regalo|regalo gratuito|omaggio|ricompensa|premio)\b",
    r"(?:come|in segno di) ringraziamento",
    r"in cambio di (?:una|la sua) (?:recensione|valutazione)",
    ja="ギフト(?:券|カード)|プレゼント(?:を(?:差し上げ|進呈|お送り)|いたし|します|進呈)|謝礼"
    "|お礼(?:として|に(?:差し上げ|進呈))|特典|キャッシュバック|ポイント(?:を)?(?:進呈|プレゼント|差し上げ)"
    "|商品券",
)


def incentives(draft: Draft) -> Iterator[Remark]:
    """What is offered mends the order; nothing is given besides, and nothing for a review."""
    if words := found(_WORDS, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' reads like an incentive. Offer what mends it.")
