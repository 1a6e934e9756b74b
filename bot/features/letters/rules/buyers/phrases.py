"""What the rules for messages to buyers look for."""

from __future__ import annotations

import re

import msgspec

from bot.core.lint.phrases import read_phrases


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``phrases.toml``, which says what each is."""

    contact: re.Pattern[str]
    site: re.Pattern[str]
    marketing: re.Pattern[str]
    gift: re.Pattern[str]
    gift_card: re.Pattern[str]
    paid: re.Pattern[str]
    review: re.Pattern[str]
    given: re.Pattern[str]
    steering: re.Pattern[str]
    asking_again: re.Pattern[str]
    attached: re.Pattern[str]
    needed: re.Pattern[str]
    thanks: re.Pattern[str]
    matter: re.Pattern[str]
    crook: re.Pattern[str]
    fake: re.Pattern[str]
    admission: re.Pattern[str]


PHRASES = read_phrases(__file__, _Phrases)
