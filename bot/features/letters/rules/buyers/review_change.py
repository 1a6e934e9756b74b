"""No asking to change or remove a review, or for a good one."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found, phrases
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "No asking to change or remove a review"
_EN = r"(?:reviews?|ratings?|feedback|stars)\b"
_DE = r"(?:bewertung|rezension|feedback|sterne)"
_FR = r"(?:avis|commentaires?|évaluations?|étoiles)\b"
_ES = r"(?:reseñas?|opini[oó]n(?:es)?|(?:valor|calific|puntu)aci[oó]n(?:es)?|comentarios?)\b"
_IT = r"(?:recension[ei]|valutazion[ei]|feedback|giudizi[oi]?)\b"
_WORDS = phrases(
    r"(?:chang|remov|delet|edit|updat|revis|rais|reconsider|withdraw|amend|improv|tak(?:e|ing) down"
    rf")\w* (?:your |the |this |that |any |his |her )?(?:[\w-]+ )?{_EN}",
    rf"before (?:leaving|you leave|writing|posting) (?:a |any |your )?(?:\w+ )?{_EN}",
    rf"if you (?:are|'re) (?:happy|satisfied|pleased)\b[^.]{{0,40}}{_EN}",
    rf"{_EN} (?:to be |be |is |could be |can be )?(?:chang|remov|delet|edit|updat|revis)\w+",
    rf"(?:positive|good|great|excellent|favou?rable|nice) {_EN}",
    r"(?:5|five)[ -]stars?\b",
    rf"{_DE}\w*[^.]{{0,40}}(?:ändern|anpassen|löschen|entfernen|überarbeiten|zurücknehmen|überdenken)",
    rf"{_DE}\w*[^.]{{0,40}}(?:anzupassen|zurückzu|zurückziehen)",
    rf"(?:nehmen|ziehen) sie [^.]{{0,30}}{_DE}\w* [^.]{{0,20}}zurück",
    rf"(?:bevor|ehe) sie [^.]{{0,20}}{_DE}",
    r"bewerten sie uns (?:\w+ )?(?:positiv|gut|mit|besser)\b",
    r"(?:ändern|löschen|entfernen|überarbeiten|überdenken|aktualisieren) sie [^.]{0,20}" + _DE,
    r"(?:positive|gute|bessere|tolle)n? " + _DE,
    r"(?:5|fünf)[ -]sterne",
    r"(?:modifi|chang|supprim|retir|revoir|reconsidér|mettre à jour|corrig)\w* "
    rf"(?:votre |vos |cet |l'|le |un )?{_FR}",
    rf"{_FR} (?:positif|favorable|élogieux)",
    r"(?:chang|modifi|amélior|relev)\w* (?:votre|la) note\b",
    rf"(?:bons?|meilleurs?) {_FR}",
    rf"avant de (?:laisser|publier|mettre|donner) (?:un|votre) {_FR}",
    r"(?:5|cinq) étoiles",
    r"(?:cambi|modifi|elimin|borr|retir|actuali|revis|reconsider|mejor)\w* "
    rf"(?:su |tu |la |el |esa |una )?{_ES}",
    r"(?:reseña|opinión|valoración|comentario) (?:positiv|favorabl|buen)",
    r"(?:buena|mejor) (?:reseña|opinión|valoración)",
    rf"antes de (?:dejar|publicar|escribir) (?:un|una|su) {_ES}",
    r"(?:5|cinco) estrellas",
    r"(?:modific|cambi|rimuov|elimin|cancell|ritir|aggiorn|rived|miglior)\w* "
    rf"(?:la |il |sua |suo |una |quella )*{_IT}",
    r"(?:recensione|valutazione) (?:positiva|favorevole|migliore)",
    r"(?:buona|migliore) (?:recensione|valutazione)",
    rf"prima di (?:lasciare|pubblicare|scrivere) (?:una |la sua ){_IT}",
    r"(?:5|cinque) stelle",
    ja="(?:レビュー|評価|口コミ|フィードバック)[^。]{0,12}(?:変更|修正|削除|取り消|訂正|見直|撤回|消し)"
    "|(?:レビュー|評価|口コミ)を[^。]{0,6}(?:取り下げ|書き直|書き換え)|(?:悪い|低い)(?:レビュー|評価)"
    "|高評価|(?:良い|よい|好意的な)(?:評価|レビュー)|星(?:5|五)つ?|5つ星|★{4,}",
)


def review_change(draft: BuyerDraft) -> Iterator[Remark]:
    """A neutral request for a review is allowed; to steer one is not."""
    if words := found(_WORDS, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' steers a review. Leave reviews out.")
