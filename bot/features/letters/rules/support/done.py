"""What was done already: else support answers with what was done already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.lint.phrases import found, phrases
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft

RULE = "Says what was done"
_DONE = phrases(
    r"(?:we|i)(?: have|'ve| had| already| also)* (?!need|asked|wanted|request)"
    r"(?:\w+ed|sent|told|spoke|reset|did|wrote|written|made|took|taken|set|put|got|found|kept|shut|built|done)\b",
    r"(?:nothing|no step) (?:has been |was )?(?:done|taken)",
    r"(?:wir|ich) (?:haben|habe|hatten)\b",
    r"(?:haben|hatten) wir\b",
    r"habe ich\b",
    r"wurden? [^.]{0,80}(?:ge\w+t|ge\w+en|be\w+t|ver\w+t|er\w+t)\b",
    r"nous (?:avons|l'avons|les avons)",
    r"(?:hemos|ya se ha)\b",
    r"abbiamo\b",
    ja="(?:しました|いたしました|済み|実施)",
)
_BELOW = re.compile(r"(?im)^(?:our steps so far|unsere schritte bisher) ?:[ \t]*\n?\S.{9,}")
"""Whatever stands below the template's own heading."""


def done(draft: SupportDraft) -> Iterator[Remark]:
    """A sentence tells of something that we did."""
    if not (_BELOW.search(draft.text) or found(_DONE, draft.text)):
        yield Remark(rule=RULE, says="Write what you have done so far, with 'We have ...'.")
