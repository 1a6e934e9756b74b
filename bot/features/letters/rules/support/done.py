"""What was done already: else support answers with what was done already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.lint.phrases import found
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft
from bot.features.letters.rules.support.phrases import PHRASES

RULE = "Says what was done"
_BELOW = re.compile(r"(?im)^(?:our steps so far|unsere schritte bisher) ?:[ \t]*\n?\S.{9,}")
"""Whatever stands below the template's own heading."""


def done(draft: SupportDraft) -> Iterator[Remark]:
    """A sentence tells of something that we did."""
    if not (_BELOW.search(draft.text) or found(PHRASES.done, draft.text)):
        yield Remark(rule=RULE, says="Write what you have done so far, with 'We have ...'.")
