"""What every letter keeps to: courtesy, no secrets, nothing left to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from bot.core.interface import tr, tr_data
from bot.core.lint.phrases import SHOWN, flat, found, read_phrases
from bot.core.lint.remarks import LetterDraft, Remark
from bot.core.secrets import looks_secret


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``letters.toml``."""

    threat: re.Pattern[str]
    insult: re.Pattern[str]
    blame: re.Pattern[str]


_PHRASES = read_phrases(__file__, _Phrases)
_BLANK = re.compile(r"\[[^\]\n]{2,80}\]|_{4,}")
_SHOUT = re.compile(r"[!\uff01]{2,}|(?:\b[A-ZÄÖÜÀ-Þ]{3,}\b[\s,]*){4,}")


def blanks(draft: LetterDraft) -> Iterator[Remark]:
    """No blank of a template is sent."""
    if left := _BLANK.search(draft.text):
        says = tr("Fill in or remove {blank}.", blank=left[0][:SHOWN])
        yield Remark(rule="No blanks left", says=says)


def secrets(draft: LetterDraft) -> Iterator[Remark]:
    """No password, key, token or code stands in the text, which is kept."""
    if secret := looks_secret(draft.text):
        says = tr(
            "Remove what looks like {secret}. Never share it; change it now.",
            secret=tr_data(secret),
        )
        yield Remark(rule="No secrets", says=says)


def tone(draft: LetterDraft) -> Iterator[Remark]:
    """No threat, no insult, no blame on the reader, no shouting (facts: messages to buyers)."""
    if words := _rude(draft.text):
        says = tr("Rephrase this without '{words}'.", words=words)
        yield Remark(rule="Courteous and professional", says=says)


def _rude(text: str) -> str:
    for pattern in (_PHRASES.threat, _PHRASES.insult, _PHRASES.blame):
        if words := found(pattern, text):
            return words
    shouted = _SHOUT.search(flat(text))
    return shouted[0].strip()[:SHOWN] if shouted else ""
