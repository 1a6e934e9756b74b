"""'Counterfeit' needs grounds (facts: what gets a report rejected)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import flat, found, sentences
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft
from bot.features.letters.rules.support.phrases import PHRASES

RULE = "'Counterfeit' needs grounds"


def counterfeit(draft: SupportDraft) -> Iterator[Remark]:
    """Nobody is called a counterfeiter on suspicion; to answer such a charge is another matter."""
    said = (each for each in sentences(flat(draft.text)) if not found(PHRASES.denied, each))
    words = next(filter(None, (found(PHRASES.fake, sentence) for sentence in said)), "")
    if words and not draft.grounds:
        yield Remark(
            rule=RULE,
            says=f"'{words}' needs a test buy, or photos of their product and ours, in the case. "
            "Say what you saw instead.",
        )
