"""Not longer than a form takes, and long enough to say anything."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft

RULE = "Short, and complete"
SHORTEST = 150
LONGEST = 3000


def length(draft: SupportDraft) -> Iterator[Remark]:
    """At most 3,000 characters; fewer than 150 cannot say all that a request has to say."""
    written = len(draft.text)
    if written < SHORTEST:
        yield Remark(
            rule=RULE, says="It is too short: say when, what, what was done, and the wish."
        )
    elif written > LONGEST:
        yield Remark(rule=RULE, says=f"{written:,} of {LONGEST:,} characters. Shorten it.")
