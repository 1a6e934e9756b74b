"""No request a second time."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found, phrases
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "No repeat requests"
_AGAIN = phrases(
    r"(?:second|another|final|last|friendly|gentle) (?:request|reminder)\b",
    r"(?:we|i) (?:are asking|ask|asked|requested) (?:you )?(?:again|once again|once more|before)\b",
    r"(?:we|i) (?:have )?already (?:asked|written|wrote)",
    r"(?:not|n't) (?:yet )?heard (?:back )?from you",
    r"(?:not|n't) (?:yet )?received (?:a|any|your) (?:answer|reply|response)",
    r"(?:follow(?:ing)? up on (?:our|my)|(?:second|third|last) message\b|(?:ask|write) again\b)",
    r"(?:freundliche |letzte |zweite )?erinnerung an unsere",
    r"(?:noch einmal|nochmals|erneut|abermals) (?:um|bitten|darum)\b(?! den)",
    r"(?:bereits|schon) (?:einmal )?(?:geschrieben|gebeten)",
    r"(?:zur erinnerung|noch keine (?:antwort|rückmeldung)\b(?! (?:vom|von der|des|der)\b))",
    r"(?:petit |dernier |second )rappel\b",
    r"nous vous (?:demandons|prions|sollicitons) (?:de nouveau|à nouveau|encore)",
    r"(?:pour rappel|déjà (?:écrit|demandé)|reçu (?:de |votre |aucune )réponse)",
    r"(?:segundo|último|nuevo) (?:recordatorio|aviso)\b",
    r"(?:ya le hemos (?:escrito|pedido)|no hemos recibido (?:su |ninguna )?respuesta)",
    r"(?:volvemos a|otra vez le|de nuevo le) (?:pedi|solicit|rog)",
    r"(?:secondo|ultimo|nuovo) (?:sollecito|promemoria)\b",
    r"(?:le )?(?:chiediamo|richiediamo) (?:di nuovo|nuovamente|ancora una volta)",
    r"(?:abbiamo già (?:scritto|chiesto)|ancora (?:ricevuto|avuto) (?:una |la sua )?risposta)",
    ja="再度(?:の)?(?:お願い|ご依頼|依頼|お尋ね|ご連絡)|催促|リマインド|改めてお願い|先日もご連絡"
    "|まだご(?:返信|回答)",
)


def repeat(draft: BuyerDraft) -> Iterator[Remark]:
    """Each order is written to once about a matter, and no message asks again."""
    if draft.earlier:
        yield Remark(
            rule=RULE,
            says=f"{draft.earlier} is about the same, to this buyer. Wait for the answer.",
        )
    if words := found(_AGAIN, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' asks again. Ask once.")
