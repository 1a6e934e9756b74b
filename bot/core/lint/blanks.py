"""Nothing that is still to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.lint.phrases import SHOWN
from bot.core.lint.remarks import Remark
from bot.core.lint.written import LetterDraft

RULE = "Nothing left to fill in"
_BLANK = re.compile(r"\[[^\]\n]{2,80}\]|_{4,}")


def blanks(draft: LetterDraft) -> Iterator[Remark]:
    """No blank of a template is sent."""
    if left := _BLANK.search(draft.text):
        yield Remark(rule=RULE, says=f"Fill in or take out {left[0][:SHOWN]}.")
