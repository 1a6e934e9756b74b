"""Personal data of buyers in what people type: found before it is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.identifiers import is_asin

_SHOWN = 3
"""Characters of what was found that are said again: enough to find it, too few to know it."""

_AT = r"(?:@|\s?[\[(]\s?(?:at|@)\s?[\])]\s?)"
_DOT = r"(?:\.|\s?[\[(]\s?dot\s?[\])]\s?)"
_MAIL = re.compile(
    rf"[\w.!#$%&'*+/=?^`{{|}}~-]{{1,64}}{_AT}(?:[\w-]{{1,63}}{_DOT}){{1,8}}[^\W\d_]{{2,24}}",
    re.IGNORECASE,
)

_FREE = r"(?<![\w.,/-])"
_NEXT = r"(?:[ ()./-]{0,2}\d)"
_PHONE = re.compile(
    rf"(?<![\w])\+{_NEXT}{{8,15}}(?!\d)"
    rf"|{_FREE}\(?00[1-9]{_NEXT}{{7,13}}(?!\d)"
    rf"|{_FREE}\(?0\d{_NEXT}{{7,10}}(?!\d)"
    rf"|{_FREE}(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{{3}}[ .-]\d{{4}}(?![\d-])",
)
_NAMED = re.compile(
    r"\b(?:tele)?(?:phone|fon|tel|fax|mobile?|cell|handy|whatsapp)\b[ .:]{0,3}"
    rf"(?:(?:is|no|nr|number)\b[ .:]{{0,3}})?(\+?\(?\d{_NEXT}{{5,14}})(?!\d)",
    re.IGNORECASE,
)

_CURRENCY = r"(?:[$€£¥]|EUR|USD|GBP|CAD|AUD|JPY|PLN|SEK|INR|MXN|BRL|TRY|AED|SAR|SGD|EGP)"
_AMOUNT = r"[+-]?(?:\d{1,3}(?:[ .,']\d{3})+|\d+)(?:[.,]\d{1,2})?"
_SEPARATOR = r"[./ -]"
_HARMLESS = re.compile(
    r"(?<![\w-])[0-9D]\d\d-\d{7}-\d{7}(?![\w-])"  # an order ID
    r"|(?<![\w-])\d{9}X(?!\w)"  # an ISBN
    rf"|{_CURRENCY} ?{_AMOUNT}(?!\d)"
    rf"|(?<![\d])(?<!\d[ ./-])(?<!\+){_AMOUNT} ?{_CURRENCY}"
    r"|(?<![\d])(?:19|20)\d\d([./-])\d{1,2}\1\d{1,2}(?!\d|[./-]\d)"
    rf"|(?<![\d])(?<!\d[./-])\d{{1,2}}({_SEPARATOR})\d{{1,2}}\2(?:19|20)\d\d(?!\d|[./-]\d)"
    r"|(?<![\d])(?<!\d[./])\d{1,2}([./])\d{1,2}\3\d\d(?!\d|[./]\d)"
    r"|(?<![\d])(?<!\d[./-])\d{1,2}[./](?:19|20)\d\d(?!\d|[./-]\d)",
)


def personal_data(text: str) -> str:
    """Return what the text tells of a person, in words; nothing if it tells nothing.

    Found are e-mail addresses and phone numbers, in their international form, with a leading
    zero, as ``(555) 010-1234``, and any behind a word such as ``tel``. Left alone are ASINs, order
    IDs, prices, dates and barcodes, so that a number without any blank whose check digit makes it
    a book's or a barcode's passes. Names, lines of a postal address, and national numbers without
    a zero or a word before them are not found. Only a few characters are said again.
    """
    plain = _plain(text)
    mail = _MAIL.search(plain)
    if mail is not None:
        return f"an e-mail address ({mail[0][:_SHOWN]}...)"
    number = next(_numbers(_HARMLESS.sub(" ; ", plain)), "")
    return f"a phone number (...{number[-_SHOWN:]})" if number else ""


def _plain(text: str) -> str:
    """Return the text with one form for each sign, and without those that nobody sees."""
    signs = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in signs if unicodedata.category(sign) != "Cf")
    return re.sub(r"[\u2010-\u2015\u2212]", "-", seen)


def _numbers(text: str) -> Iterator[str]:
    for named in _NAMED.finditer(text):
        yield named[1]
    for found in _PHONE.finditer(text):
        if not _is_code(found[0]):
            yield found[0]


def _is_code(number: str) -> bool:
    """Tell whether it is an ISBN, or a barcode of 12 to 14 digits, by its check digit (GS1)."""
    if not (number.isascii() and number.isdigit()):
        return False
    weighed = (int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number[::-1]))
    return is_asin(number) or (len(number) in (12, 13, 14) and sum(weighed) % 10 == 0)
