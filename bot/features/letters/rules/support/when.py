"""When it happened: without a day, support cannot find it in its logs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.lint.phrases import flat
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft

RULE = "Says when"
_MONTH = (
    r"(?:jan|feb|mar|mär|maer|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|gen|mag"
    r"|giu|lug|set|ott|févr|fév|avr|juin|juil|août|déc)[^\W\d_]*\.?"
)
_DAY = re.compile(
    r"\b20[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9]\b"
    r"|\b[0-3]?[0-9][./-] ?[01]?[0-9][./-] ?(?:20)?[0-9]{2}\b"
    r"|\b[01]?[0-9]/[0-3]?[0-9]/(?:20)?[0-9]{2}\b"
    rf"|\b[0-3]?[0-9](?:\.|st|nd|rd|th)? (?:de |of )?{_MONTH}(?:,| de)? 20[0-9]{{2}}\b"
    rf"|\b{_MONTH} [0-3]?[0-9](?:st|nd|rd|th)?,? 20[0-9]{{2}}\b"
    r"|20[0-9]{2}年[01]?[0-9]月[0-3]?[0-9]日",
    re.IGNORECASE,
)


def when(draft: SupportDraft) -> Iterator[Remark]:
    """A day with its year stands in the text."""
    if not _DAY.search(flat(draft.text)):
        yield Remark(rule=RULE, says="Write since which day, like 2026-11-23.")
