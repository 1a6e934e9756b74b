"""No way to reach us outside Amazon, and nobody's e-mail address or phone number."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found, phrases
from bot.core.lint.remarks import Remark
from bot.core.personal_data import personal_data
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "No contact details"
_ELSEWHERE = phrases(
    r"(?:call|phone|ring|text|e-?mail|fax) (?:us|me)\b",
    r"(?:give|drop) (?:us|me) (?:a|an) (?:call|ring|text|line|e-?mail)",
    r"(?:reach|contact|write to) (?:us|me) (?:by|via|on|at|per|through) (?:tele)?(?:phone|e-?mail)",
    r"(?:our|my) (?:phone|telephone|mobile|fax|e-?mail|service line|whatsapp)",
    r"(?:send|write|drop) (?:us |me )?an? e-?mail",
    r"(?:call our\b|(?:\w+ )?hotline\b|contact us directly|outside (?:of )?amazon)",
    r"(?:rufen|ruf|mailen|faxen|simsen) (?:sie |sie bitte |bitte )?(?:uns|mich)\b",
    r"(?:uns|mich) (?:bitte |gern |gerne |auch |jederzeit )*"
    r"(?:telefonisch|per (?:e-?mail|telefon)|an\b(?=[.!,;]))",
    r"(?:unserer?|meine) (?:(?:telefon|ruf|handy|mobil)nummer|hotline|(?:e-?)?mail-?adresse)",
    r"(?:schreiben|senden|schicken) sie (?:uns|mir) (?:bitte |gern |gerne )?eine (?:e-?)?mail",
    r"(?:sie (?:können )?uns (?:\w+ )?anrufen|kontaktieren sie uns (?:direkt|per\b))",
    r"(?:appelez|téléphonez)[ -](?:nous|moi)\b",
    r"écrivez[ -](?:nous|moi) (?:par (?:e-?mail|courriel)|à l'adresse)",
    r"(?:contactez|joindre|contacter)[ -](?:nous|moi)? ?par (?:téléphone|e-?mail|courriel)",
    r"(?:notre|mon) (?:numéro(?! d)|numéro de téléphone|téléphone)",
    r"(?:notre|mon) adresse (?:e-?mail|électronique)",
    r"(?:envoyez|adressez|écrivez)[ -](?:nous|moi) un (?:e-?mail|mail|courriel)",
    r"(?:(?:nous|m') ?(?:appeler|téléphoner)|joignables? par téléphone)",
    r"(?:llámenos|llámanos|telefonéenos|escríbanos a|escríbenos a)",
    r"(?:contactarnos|contáctenos|contacte con nosotros) por (?:teléfono|correo|e-?mail)",
    r"nuestro (?:teléfono|número(?! d)|número de teléfono|correo|e-?mail)",
    r"(?:envíe|mánde|escríba)(?:nos|me) un (?:correo|e-?mail)",
    r"(?:(?:puede|podrá) (?:llamar|telefonear)nos|llame a nuestr)",
    r"(?:ci (?:chiami|telefoni)|chiamaci|telefonaci|chiamateci|ci scriva a)\b",
    r"(?:contattarci|ci contatti) (?:per telefono|telefonicamente|via e-?mail|per e-?mail)",
    r"(?:il nostro|la nostra) (?:numero(?! d)|numero di telefono|telefono|e-?mail|casella)",
    r"ci (?:invii|mandi|scriva) (?:un'|una |via |per )(?:e-?)?mail",
    r"(?:(?:può|potete) (?:chiamar|telefonar)ci|chiami il nostro)",
    r"(?:whatsapp|telegram|wechat|viber|skype|facebook|instagram|tiktok)\b",
    ja="電話(?:ください|下さい|にて|で(?!の|す|は))|電話番号|メールアドレス|公式LINE"
    "|LINE(?:で|にて|の|@|ID)|直接(?:お電話|メール|ご連絡)|メールを(?:お送り|ください|下さい)|インスタグラム|フェイスブック",
)


def contact_details(draft: BuyerDraft) -> Iterator[Remark]:
    """Buyers answer in Amazon's messages; nothing of a person is kept here."""
    if person := personal_data(draft.text):
        yield Remark(rule=RULE, says=f"Take out {person}.")
    if words := found(_ELSEWHERE, draft.text):
        yield Remark(
            rule=RULE, says=f"'{words}' leads away from Amazon. Ask for a reply to this message."
        )
