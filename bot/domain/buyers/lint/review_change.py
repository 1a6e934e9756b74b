"""No asking to change or remove a review, or for a good one."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.buyers.messages import Draft
from bot.domain.letters import Remark
from bot.domain.phrases import found, phrases

RULE = "No asking to change or remove a review"
_EN = r"(?:reviews?|ratings?|feedback|stars)\b"
_DE = r"(?:bewertung|rezension|feedback|sterne)"
_FR = r"(?:avis|commentaires?|évaluations?|étoiles)\b"
_ES = r"(?:reseñas?|opini[oó]n(?:es)?|valoraci[oó]n(?:es)?|comentarios?|calificaci[oó]n)\b"
_IT = r"(?:recension[ei]|valutazion[ei]|feedback|giudizi[oi]?)\b"
_WORDS = phrases(
    r"(?:chang|remov|delet|edit|updat|revis|reconsider|withdraw|amend|improv|tak(?:e|ing) down)\w* "
    rf"(?:your |the |this |that |any |his |her )?(?:\w+ )?{_EN}",
    rf"{_EN} (?:to be |be |is |could be |can be )?(?:chang|remov|delet|edit|updat|revis)\w+",
    rf"(?:positive|good|great|excellent|favou?rable|nice) {_EN}",
    r"(?:5|five)[ -]stars?\b",
    rf"{_DE}\w*[^.]{{0,40}}(?:ändern|anpassen|löschen|entfernen|überarbeiten|zurücknehmen|überdenken)",
    r"(?:ändern|löschen|entfernen|überarbeiten|überdenken|aktualisieren) sie [^.]{0,20}" + _DE,
    r"(?:positive|gute|bessere|tolle)n? " + _DE,
    r"(?:5|fünf)[ -]sterne",
    r"(?:modifi|chang|supprim|retir|revoir|reconsidér|mettre à jour|corrig)\w* "
    rf"(?:votre |vos |cet |l'|le |un )?{_FR}",
    rf"{_FR} (?:positif|favorable|élogieux)",
    r"(?:5|cinq) étoiles",
    r"(?:cambi|modifi|elimin|borr|retir|actuali|revis|reconsider)\w* "
    rf"(?:su |tu |la |el |esa |una )?{_ES}",
    r"(?:reseña|opinión|valoración|comentario) (?:positiv|favorabl|buen)",
    r"(?:5|cinco) estrellas",
    r"(?:modific|cambi|rimuov|elimin|cancell|ritir|aggiorn|rived)\w* "
    rf"(?:la |il |sua |una |quella )*{_IT}",
    r"(?:recensione|valutazione) (?:positiva|favorevole|migliore)",
    r"(?:5|cinque) stelle",
    ja="(?:レビュー|評価|口コミ|フィードバック)[^。]{0,12}(?:変更|修正|削除|取り消|訂正|見直|撤回)"
    "|高評価|(?:良い|よい|好意的な)(?:評価|レビュー)|星(?:5|五)つ?|5つ星|★{4,}",
)


def review_change(draft: Draft) -> Iterator[Remark]:
    """A neutral request for a review is allowed; to steer one is not."""
    if words := found(_WORDS, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' steers a review. Leave reviews out.")
