"""Days in a text, as people of six languages write them."""

from __future__ import annotations

import re

_MONTH = (
    # English and German, with the forms that Austria and abbreviations have,
    r"jan(?:uary|uar)?|jänner|feb(?:ruary|ruar)?|mar(?:ch)?|märz?|mrz|apr(?:il)?|may|mai|june?|juni?"
    r"|july?|juli?|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
    # French, Spanish and Italian.
    r"|janv(?:ier)?|f[ée]vr(?:ier)?|mars|avr(?:il)?|juin|juil(?:let)?|ao[ûu]t|d[ée]c(?:embre)?"
    r"|(?:sept|octo|nov)(?:em)?bre|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    r"|se(?:p)?tiembre|octubre|noviembre|diciembre|gen(?:naio)?|febbraio|aprile|maggio|giugno|luglio"
    r"|settembre|ottobre|dicembre"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"20\d\d"
_WRITTEN = re.compile(
    # 2026-11-23, 23.11.2026, 23/11/2026, 11/23/26
    rf"(?<!\d){_YEAR}([-./])(?:0?[1-9]|1[0-2])\1{_DAY}(?!\d)"
    rf"|(?<!\d){_DAY}([./-]) ?{_DAY}\2 ?(?:{_YEAR}|\d\d)(?!\d)"
    # Nov 23, 2026, November 23rd
    rf"|\b(?:{_MONTH})\.? {_DAY}(?:st|nd|rd|th)?\b(?:,? {_YEAR})?"
    # 23 November 2026, 23. November, 1er novembre, 23 de noviembre
    rf"|(?<!\d){_DAY}(?:\.|st|nd|rd|th|er|º|°)?(?: (?:de|di|of))? (?:{_MONTH})\b"
    # 2026年11月23日, and without its year
    r"|(?:20\d\d年)?(?:0?[1-9]|1[0-2])月(?:0?[1-9]|[12]\d|3[01])日",
    re.IGNORECASE,
)


def has_day(text: str) -> bool:
    """Tell whether the text names a day, in whatever form its language has."""
    return _WRITTEN.search(text) is not None
