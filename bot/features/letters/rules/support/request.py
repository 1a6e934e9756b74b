"""One concrete thing that Amazon can do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.lint.phrases import found, sentences
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft
from bot.features.letters.rules.support.phrases import PHRASES

RULE = "Asks for one concrete thing"
MOST = 3
"""Sentences with a request from which on nobody knows what is wanted first."""
_BELOW = re.compile(r"(?im)^(?:our request|unser anliegen) ?:[ \t]*\n?(\S.{4,})")
"""The template's own heading: what stands below it asks, however it is said."""


def request(draft: SupportDraft) -> Iterator[Remark]:
    """There is something to do that can be done and checked, and it is not one of many."""
    below = {each for line in _BELOW.findall(draft.text) for each in sentences(line)}
    told = sentences(draft.text)
    asked = [each for each in told if each in below or found(PHRASES.asks, each)]
    concrete = [sentence for sentence in asked if not found(PHRASES.vague, sentence)]
    if not concrete:
        yield Remark(
            rule=RULE,
            says="Say what Amazon should do, with 'Please', so that it shows when it is done.",
        )
    elif len(concrete) > MOST:
        yield Remark(
            rule=RULE,
            says=f"{len(concrete)} sentences ask for something. Keep the one that matters most.",
        )
