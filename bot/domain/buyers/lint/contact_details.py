"""No way to reach us outside Amazon, and nobody's e-mail address or phone number."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.buyers.messages import Draft
from bot.domain.letters import Remark
from bot.domain.personal import personal_data
from bot.domain.phrases import found, phrases

RULE = "No contact details"
_ELSEWHERE = phrases(
    r"(?:call|phone|ring|text|e-?mail|fax) (?:us|me)\b",
    r"(?:give|drop) (?:us|me) (?:a|an) (?:call|ring|text|line|e-?mail)",
    r"(?:reach|contact|write to) (?:us|me) (?:by|via|on|at|per|through) (?:tele)?(?:phone|e-?mail)",
    r"(?:our|my) (?:phone|telephone|mobile|fax|e-?mail|hotline|service line|whatsapp)",
    r"(?:rufen|ruf|mailen|faxen|simsen) (?:sie |sie bitte |bitte )?(?:uns|mich)\b",
    r"(?:uns|mich) (?:bitte |gern |gerne |auch |jederzeit )*"
    r"(?:telefonisch|per (?:e-?mail|telefon)|an\b(?=[.!,;]))",
    r"(?:unsere|unserer|meine) (?:telefonnummer|rufnummer|hotline|e-?mail-?adresse|mailadresse)",
    r"(?:appelez|téléphonez)[ -](?:nous|moi)\b",
    r"écrivez[ -](?:nous|moi) (?:par (?:e-?mail|courriel)|à l'adresse)",
    r"(?:contactez|joindre|contacter)[ -](?:nous|moi)? ?par (?:téléphone|e-?mail|courriel)",
    r"(?:notre|mon) (?:numéro de téléphone|téléphone|adresse e-?mail|adresse électronique)",
    r"(?:llámenos|llámanos|telefonéenos|escríbanos a|escríbenos a)",
    r"(?:contactarnos|contáctenos|contacte con nosotros) por (?:teléfono|correo|e-?mail)",
    r"nuestro (?:teléfono|número de teléfono|correo|e-?mail)",
    r"(?:ci (?:chiami|telefoni)|chiamaci|telefonaci|chiamateci|ci scriva a)\b",
    r"(?:contattarci|ci contatti) (?:per telefono|telefonicamente|via e-?mail|per e-?mail)",
    r"(?:il nostro|la nostra) (?:numero di telefono|telefono|e-?mail|casella)",
    r"(?:whatsapp|telegram|wechat|viber|skype|facebook|instagram|tiktok)\b",
    ja="お電話(?:ください|下さい|にて|で)|電話番号|メールアドレス|公式LINE|LINE(?:で|にて|の|@|ID)"
    "|直接(?:お電話|メール)",
)


def contact_details(draft: Draft) -> Iterator[Remark]:
    """Buyers answer in Amazon's messages; nothing of a person is kept here."""
    if person := personal_data(draft.text):
        yield Remark(rule=RULE, says=f"Take out {person}.")
    if words := found(_ELSEWHERE, draft.text):
        yield Remark(
            rule=RULE, says=f"'{words}' leads away from Amazon. Ask for a reply to this message."
        )
