"""No attachments that are not needed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found, phrases, sentences
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "No attachments that are not needed"
_ATTACHED = phrases(
    r"(?:is|are) attached(?! (?:to|with|by)\b)",
    r"(?:attached (?:is|are|you|please|find)|find attached)",
    r"(?:i|we)(?: have|'ve)? attach(?:ed)?\b(?! importance)",
    r"(?:(?:in|see) the attach(?:ment|ed)|see attached|enclosed (?:please|you|is|are)\b)",
    r"(?:im anhang|anbei\b|als anlage|in der anlage|angehängt)",
    r"(?<!paket )(?<!karton )(?<!sendung )(?<!nicht )beigefügt",
    r"(?:ci-joint|en annexe|en pièces? jointes?|nous joignons|je joins)",
    r"(?:adjunto|adjuntamos|adjunta|archivo adjunto)\b",
    r"(?:in allegato|alleghiamo|allego)\b",
    ja="添付(?:いたします|いたしました|します|しました|しております|いたしております|ファイル)"
    "|添付の(?:ファイル|画像|資料|写真)",
)
_NEEDED = phrases(
    r"(?:invoice|receipt|instructions|manual|warranty|label)",
    r"(?:rechnung|beleg|anleitung|garantie|etikett|rücksendeetikett)",
    r"(?:facture|notice|mode d'emploi|étiquette)",
    r"(?:factura|instrucciones|manual|garantía|etiqueta)",
    r"(?:fattura|ricevuta|istruzioni|manuale|garanzia|etichetta)",
    ja="請求書|領収書|説明書|保証書|ラベル|伝票",
)


def attachments(draft: BuyerDraft) -> Iterator[Remark]:
    """What is attached is needed for the order: an invoice, instructions, a warranty, a label."""
    for sentence in sentences(draft.text):
        words = found(_ATTACHED, sentence)
        if words and not found(_NEEDED, sentence):
            yield Remark(
                rule=RULE,
                says=f"'{words}': attach nothing but an invoice, instructions, a warranty or a "
                "label, and say which.",
            )
            return
