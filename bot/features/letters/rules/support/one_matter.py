"""One matter: staff cannot pass half a request on (facts: one violation per report)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft
from bot.features.letters.rules.support.phrases import PHRASES

RULE = "One matter in one request"


def one_matter(draft: SupportDraft) -> Iterator[Remark]:
    """No second matter is brought up; it gets a request of its own."""
    if words := found(PHRASES.another, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' begins a second one. Type /support again for it.")
