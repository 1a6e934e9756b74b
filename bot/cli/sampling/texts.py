"""Every text that the product writes, in every language: reports, messages to buyers, requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from bot.core.languages import LANGUAGES
from bot.features.letters.models.buyer_messages import Message, Remedy, Situation
from bot.features.letters.models.support_requests import OF_ACCOUNT, Request, SupportMatter
from bot.features.letters.texts.writing import (
    SUPPORTED,
    buyer_message,
    steps,
    support_request,
    wishes,
)
from bot.features.reports.models.claims import Claim
from bot.features.reports.rules.wording import Subject
from bot.features.reports.texts.writing import authorisation_letter, report_text

ORDER = "112-3141592-6535897"
COMPLAINT = "16872213344"
HAPPENED = {
    "en": "We noticed it in the morning. The screenshots show what we saw.",
    "de": "Wir haben es am Morgen bemerkt. Die Screenshots zeigen, was wir gesehen haben.",
}
"""What the sample's team tells, in the languages in which there are requests."""
ACCOUNT = {"en": "Our selling account", "de": "Unser Verkäuferkonto"}
OFFERED: Mapping[Situation, Remedy] = {
    Situation.COUNTERFEIT: Remedy.REFUND,
    Situation.WRONG_ITEM: Remedy.REPLACEMENT,
    Situation.LATE: Remedy.INFORMATION,
    Situation.DAMAGED: Remedy.REPLACEMENT,
    Situation.MISSING_PARTS: Remedy.REPLACEMENT,
    Situation.WRONG_PAGE: Remedy.REFUND,
    Situation.RETURN: Remedy.LABEL,
    Situation.AUTHENTICITY: Remedy.INFORMATION,
}
"""What the sample's team offers in each situation."""


def texts(subject: Subject, since: date) -> Iterator[tuple[str, str]]:
    """Give each text under the name of its file, as if the case were about that matter."""
    for language in LANGUAGES:
        folder = f"texts/{language}"
        yield f"{folder}/reports/letter.txt", authorisation_letter(subject, language)
        for claim in Claim:
            claimed = msgspec.structs.replace(subject, claim=claim)
            yield f"{folder}/reports/{claim.value}.txt", report_text(claimed, language)
        for situation in Situation:
            message = _message(subject.brand, situation)
            yield f"{folder}/buyers/{situation.value}.txt", buyer_message(message, language)
    for language in SUPPORTED:
        for need in SupportMatter:
            request = _request(subject, need, language, since)
            yield f"texts/{language}/support/{need.value}.txt", support_request(request, language)


def _message(brand: str, situation: Situation) -> Message:
    return Message(brand=brand, order=ORDER, situation=situation, remedy=OFFERED[situation])


def _request(subject: Subject, need: SupportMatter, language: str, since: date) -> Request:
    asins = ", ".join(product.asin for product in subject.products)
    return Request(
        brand=subject.brand,
        need=need,
        about=ACCOUNT[language] if need in OF_ACCOUNT else asins,
        since=since,
        happened=(HAPPENED[language],),
        steps=tuple(steps()[need.value])[:2],
        wish=tuple(wishes()[language].get(need.value, "").splitlines()),
        site=subject.site,
        complaint=COMPLAINT,
        seller=subject.seller if need is SupportMatter.TAKEOVER else "",
        evidence=subject.evidence if need is SupportMatter.TAKEOVER else (),
    )
