"""No way to reach us outside Amazon, and nobody's e-mail address or phone number."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found
from bot.core.lint.remarks import Remark
from bot.core.personal_data import personal_data
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.phrases import PHRASES

RULE = "No contact details"


def contact_details(draft: BuyerDraft) -> Iterator[Remark]:
    """Buyers answer in Amazon's messages; nothing of a person is kept here."""
    if person := personal_data(draft.text):
        yield Remark(rule=RULE, says=f"Take out {person}.")
    if words := found(PHRASES.contact, draft.text):
        yield Remark(
            rule=RULE, says=f"'{words}' leads away from Amazon. Ask for a reply to this message."
        )
