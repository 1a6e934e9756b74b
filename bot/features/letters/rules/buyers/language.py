"""The buyer's language."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.languages import LANGUAGES, language_in
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "In the buyer's language"


def language(draft: BuyerDraft) -> Iterator[Remark]:
    """The text is in the language that was chosen, as far as anybody can tell."""
    written = language_in(draft.text)
    if written and written != draft.language:
        wanted = LANGUAGES.get(draft.language, draft.language)
        yield Remark(
            rule=RULE, says=f"This is {LANGUAGES[written]}; you chose {wanted}. Rewrite it."
        )
