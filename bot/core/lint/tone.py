"""Courteous and professional, in six languages (facts: messages to buyers, tone)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from bot.core.lint.phrases import SHOWN, flat, found, read_phrases
from bot.core.lint.remarks import Remark
from bot.core.lint.written import LetterDraft

RULE = "Courteous and professional"


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``tone.toml``."""

    threat: re.Pattern[str]
    insult: re.Pattern[str]
    blame: re.Pattern[str]


PHRASES = read_phrases(__file__, _Phrases)
_SHOUT = re.compile(r"[!\uff01]{2,}|(?:\b[A-ZÄÖÜÀ-Þ]{3,}\b[\s,]*){4,}")


def tone(draft: LetterDraft) -> Iterator[Remark]:
    """No threat, no insult, no blame on the reader, no shouting."""
    if words := _rude(draft.text):
        yield Remark(rule=RULE, says=f"Say it without '{words}'.")


def _rude(text: str) -> str:
    for pattern in (PHRASES.threat, PHRASES.insult, PHRASES.blame):
        if words := found(pattern, text):
            return words
    shouted = _SHOUT.search(flat(text))
    return shouted[0].strip()[:SHOWN] if shouted else ""
