"""Nobody's name: Amazon shows the message to its buyer anyway, and no name is kept here."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.greetings import greets_by_name
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "No buyer's name"


def names(draft: BuyerDraft) -> Iterator[Remark]:
    """A greeting calls nobody by name; the name is not said again here."""
    if greets_by_name(draft.text):
        yield Remark(rule=RULE, says="Don't greet the buyer by name: Amazon shows it anyway.")
