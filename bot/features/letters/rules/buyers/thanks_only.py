"""Not thanks alone."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found, phrases
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "No thank-you only"
_THANKS = phrases(
    r"(?:thank|thanks|enjoy)\b",
    r"appreciate your (?:purchase|order|business)",
    r"(?:dank|danke|vielen dank|viel freude)",
    r"(?:merci\b|remerci)",
    r"(?:gracias|agradec)",
    r"(?:grazie|ringrazi)",
    ja="ありがとう|感謝|御礼|お礼",
)
_MATTER = phrases(
    r"(?:refund|replace|return|resend|deliver(?:y|ed)|late\b|delay|damag|broken|missing|wrong|invoice"
    r"|genuine|authentic|original|defect|label|incorrect|changed|photo|counterfeit|faulty|shipped"
    r"|shipment|dispatch|carrier|cancel|warranty|repair|spare)",
    r"(?:erstatt|ersatz|rücksend|rückgabe|zurück|liefer|verspät|beschädig|fehl|falsch|rechnung|echt"
    r"|original|defekt|etikett|nicht (?:von uns|korrekt|richtig)|geändert|foto|fälsch|versand"
    r"|verschickt|sendung|zustell|storn|garantie|repar)",
    r"(?:rembours|remplac|retour|renvo|livr|retard|endommag|manqu|erron|incorrect|facture"
    r"|authenti|origin|défect|étiquette|modifi|photo|contrefa|expédi|transporteur|annul|garanti|répar)",
    r"(?:reembols|reempla|devol|devuelv|entreg|retras|dañ|falt|equivocad|incorrect|factura|auténtic"
    r"|original|defectuos|etiqueta|modific|foto|falsific|envío|enviad|transportista|cancel|garantía"
    r"|repara)",
    r"(?:rimbors|sostitu|reso\b|restitu|conseg|ritard|danneggi|manca|sbagliat|errat|fattura|autentic"
    r"|original|difett|etichetta|modific|foto|contraff|spedi|corriere|annull|garanzia|ripara)",
    ja="返金|交換|返品|返送|配送|お届け|遅れ|遅延|破損|損傷|不足|欠品|誤|違う|異なる|請求書|領収書"
    "|正規品|純正|本物|不良|ラベル|写真|偽|発送|出荷|キャンセル|保証|修理",
)


def thanks_only(draft: BuyerDraft) -> Iterator[Remark]:
    """A message tells of a problem with the order, or of its solution."""
    if found(_THANKS, draft.text) and not found(_MATTER, draft.text):
        yield Remark(rule=RULE, says="Say what happened with the order and what you offer.")
