"""No buyers' data: Amazon knows its buyer by the order ID."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.greetings import greets_by_name
from bot.core.lint.remarks import Remark
from bot.core.personal_data import personal_data
from bot.features.letters.models.support_requests import SupportDraft

RULE = "No buyers' data"


def buyers_data(draft: SupportDraft) -> Iterator[Remark]:
    """No e-mail address, no phone number and no name in the greeting stands in the text."""
    if person := personal_data(draft.text):
        yield Remark(rule=RULE, says=f"Take out {person}. Name the order ID instead.")
    if greets_by_name(draft.text):
        yield Remark(rule=RULE, says="Don't greet anyone by name.")
