"""What the rules for requests to support look for."""

from __future__ import annotations

import re

import msgspec

from bot.core.lint.phrases import read_phrases


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``phrases.toml``, which says what each is."""

    account: re.Pattern[str]
    done: re.Pattern[str]
    asks: re.Pattern[str]
    vague: re.Pattern[str]
    another: re.Pattern[str]
    fake: re.Pattern[str]
    denied: re.Pattern[str]


PHRASES = read_phrases(__file__, _Phrases)
