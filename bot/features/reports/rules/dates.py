"""Days in a text, as people of seven languages write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.languages import spoken

ENGLISH = "en"
_MONTHS = {
    ENGLISH: r"jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?",
    # With the forms that Austria has.
    "de": r"jan(?:uar)?|jänner|feb(?:ruar)?|märz?|mrz|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?",
    "fr": r"janv(?:ier)?|f[ée]vr(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[ûu]t"
    r"|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?",
    "es": r"ene(?:ro)?|feb(?:rero)?|mar(?:zo)?|abr(?:il)?|mayo?|jun(?:io)?|jul(?:io)?|ago(?:sto)?"
    r"|se(?:p)?t(?:iembre)?|oct(?:ubre)?|nov(?:iembre)?|dic(?:iembre)?",
    "it": r"gen(?:naio)?|feb(?:braio)?|mar(?:zo)?|apr(?:ile)?|mag(?:gio)?|giu(?:gno)?|lug(?:lio)?"
    r"|ago(?:sto)?|set(?:tembre)?|ott(?:obre)?|nov(?:embre)?|dic(?:embre)?",
}
_WORDS = r"(?-i:M(?:ay|AY|ar|AR|arch|ARCH))"
"""English months that are words, too: they are months with a capital alone."""
_ANY = "|".join((*_MONTHS.values(), "may|mar(?:ch)?"))
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"20\d\d"
_FIRST = r"(?<![\d.])" + _DAY + r"(?:\.|st|nd|rd|th|er|º|°)?(?: (?:de|di|of))? "
"""A day in front of its month: 23 November, 23. November, 1er novembre, 23 de noviembre."""
_APART = r"(?<!\d)(?<!\d[-./])"
_ENDS = r"(?!\d|[-./]\d)"
_NO_COUNT = r"(?:st|nd|rd|th)?\b(?!\.\d| ?[%$€£]| (?:times|units|items|pieces|of)\b)"
"""What follows a day, and not a number of things."""
_AFTER_MAY = r"(?:st|nd|rd|th|(?=[,;:)]|\.(?!\d)|$| at | and | \())"
_BEFORE_MAY = r"(?:on|since|until|by|from|before|after|to|and|dated) "
_NUMBERS = (
    # 2026-11-23
    rf"{_APART}{_YEAR}([-./]){_MONTH}\1{_DAY}{_ENDS}",
    # 23.11.2026, 23/11/2026, 11/23/2026, 23. 11. 2026
    rf"{_APART}(?:{_DAY}([./-]) ?{_MONTH}|{_MONTH}([./-]) ?{_DAY})(?:\1|\2) ?{_YEAR}{_ENDS}",
    # 11/23/26, 23/11/26
    rf"{_APART}(?:{_DAY}/{_MONTH}|{_MONTH}/{_DAY})/\d\d{_ENDS}",
    # 2026年11月23日, and without its year
    r"(?:20\d\d年)?(?:0?[1-9]|1[0-2])月(?:0?[1-9]|[12]\d|3[01])[日号號]",
)
_SHORT = rf"{_APART}{_DAY}\. ?{_MONTH}\. ?\d\d{_ENDS}"
"""23.11.26, as no English text has it: there it is a version."""
_VERSION = re.compile(
    r"\b(?:v|ver|version|versión|versione|firmware|software|release|build|rev|revision|update|ip"
    r"|bluetooth|usb|android|ios)\.?:? ?(?:v|version)?\.? ?[\d.]+",
    re.IGNORECASE,
)


def has_day(text: str, language: str = ENGLISH) -> bool:
    """Tell whether the text names a day, in whatever form the language has.

    A month of another language needs its year: "Gen 3" is January in Italian, and a model.
    """
    text = _VERSION.sub(" ; ", text)
    return any(pattern.search(text) for pattern in _patterns(spoken(language)))


@lru_cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each, re.IGNORECASE) for each in _forms(language))


def _forms(language: str) -> Iterator[str]:
    yield from _NUMBERS
    # With its year, a day is one in any language: Nov 23, 2026; 23 de noviembre de 2026
    yield rf"\b(?:{_ANY})\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}\b"
    yield rf"{_FIRST}(?:{_ANY})\b\.?,?(?: de| di| of)? {_YEAR}\b"
    if language != ENGLISH:
        yield _SHORT
        yield rf"{_FIRST}(?:{_MONTHS.get(language, _MONTHS[ENGLISH])})\b"
        return
    yield rf"(?<!\bin )\b(?:{_MONTHS[ENGLISH]})\.? {_DAY}{_NO_COUNT}"
    yield rf"{_FIRST}(?:{_MONTHS[ENGLISH]}|{_WORDS})\b"
    # 'May 5 be' asks; 'on May 5' and 'May 5, 10:00' tell.
    yield rf"\b{_BEFORE_MAY}{_WORDS}\.? {_DAY}{_NO_COUNT}"
    yield rf"(?<!\bin )\b{_WORDS}\.? {_DAY}{_AFTER_MAY}"
