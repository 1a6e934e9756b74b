"""Personal data of buyers in what people type: found before it is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from bot.core.identifiers import is_asin
from bot.core.interface import tr
from bot.core.text import seen

_SHOWN = 3
"""Characters of what was found that are said again: enough to find it, too few to know it."""

_AT = r"(?:@|\s?@\s(?!amazon)|\s?[\[({]\s?(?:at|@)\s?[\])}]\s?)"
_DOT = r"(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)"
_SPELLED = "|".join(
    rf"\s{at}\s(?!amazon\b)[\w-]{{1,63}}(?:\s{dot}\s[\w-]{{1,63}}){{0,3}}\s{dot}\s"
    for at, dot in (
        ("at", "dot"),
        ("[aä]t", "punkt"),
        ("arobase", "point"),
        ("(?:arroba|chiocciola)", "punto"),
    )
)
_ENDING = r"(?:com|net|org|info|eu|uk|de|at|ch|fr|es|it|jp|co)\b"
_MAIL = re.compile(
    rf"[\w.!\"#$%&'*+/=?^`{{|}}~-]{{1,64}}"
    rf"(?:{_AT}(?:[\w-]{{1,63}}{_DOT}){{1,8}}[^\W\d_]{{2,24}}|(?:{_SPELLED}){_ENDING})",
    re.IGNORECASE,
)

_FREE = r"(?<![A-Za-z0-9_.,/-])(?<!\d{4}[ -])"
_NEXT = r"(?:[ ()./-]{0,3}\d)"
_PHONE = re.compile(
    rf"(?<![A-Za-z0-9_])\+{_NEXT}{{8,15}}(?!\d)"
    rf"|{_FREE}\(?00[1-9]{_NEXT}{{7,13}}(?!\d)"
    rf"|{_FREE}\(?0\d{_NEXT}{{7,10}}(?!\d)"
    rf"|{_FREE}(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{{3}}[ .-]\d{{4}}(?![\d-])"
    # Spain and Italy write no zero before a mobile number.
    rf"|{_FREE}(?:[6-9]\d\d([ .-])\d{{3}}\1\d{{3}}|(?:[67]\d\d|9\d \d{{3}}) \d\d \d\d(?: \d\d)?"
    rf"|3\d\d[ ./-]\d{{6,7}})(?![ .-]?\d)",
)
_NAMED = re.compile(
    r"(?:\b(?:(?:tele)?(?:phone|fon|tel|fax)|(?:handy|telefon|ruf)(?:nummer)?|t[eé]l(?:[eé]phone)?"
    r"|tel[eé]fono|tlf|mobile?|m[oó]vil|cell(?=[.:]|phone| no| number)(?:phone)?|cellulare|whatsapp"
    r"|call|(?:my|his|her|their) number)\b|wa\.me/|電話|携帯|电话|手机)[ .:]{0,3}"
    rf"(?:(?:is|no|nr|number)\b[ .:]{{0,3}}|(?:番号|号码?)?[は是为: ]{{0,2}})?"
    rf"(\+?\(?\d{_NEXT}{{5,14}})(?!\d)",
    re.IGNORECASE,
)

_CURRENCY = r"(?:[$€£¥]|EUR|USD|GBP|CAD|AUD|JPY|PLN|SEK|INR|MXN|BRL|TRY|AED|SAR|SGD|EGP)"
_AMOUNT = r"[+-]?(?:\d{1,3}(?:[ .,']\d{3})+|\d+)(?:[.,]\d{1,2})?"
_SEPARATOR = r"[./ -]"
_HARMLESS = re.compile(
    r"(?<![\w-])[0-9D]\d\d-\d{7}-\d{7}(?![\w-])"  # an order ID
    r"|(?<![\w-])000\d{5}-\d{4}(?![\w-])"  # the key of a case's piece
    r"|(?<![\w-])\d{9}X(?!\w)"  # an ISBN
    rf"|{_CURRENCY} ?{_AMOUNT}(?!\d)"
    rf"|(?<![\d])(?<!\d[ ./-])(?<!\+){_AMOUNT} ?{_CURRENCY}"
    r"|(?<![\d])(?:19|20)\d\d([./-])\d{1,2}\1\d{1,2}(?!\d|[./-]\d)"
    rf"|(?<![\d])(?<!\d[./-])\d{{1,2}}({_SEPARATOR})\d{{1,2}}\2(?:19|20)\d\d(?!\d|[./-]\d)"
    r"|(?<![\d])(?<!\d[./])\d{1,2}([./])\d{1,2}\3\d\d(?!\d|[./]\d)"
    r"|(?<![\d])(?<!\d[./-])\d{1,2}[./](?:19|20)\d\d(?!\d|[./-]\d)"
    r"|(?<![\d.])\d{1,2}\.\d{1,2}\.(?!\d)"  # a day of a month
    r"|(?<![\d.:])(?:[01]?\d|2[0-3])[.:][0-5]\d(?!\d|[.:]\d)",  # a time
)
_LABELLED = re.compile(
    r"(?:\b(?:asin|batch|beschwerde|brevet|case|complaint|design|dhl|dpd|ean|eutm|euipo|factura"
    r"|facture|fattura|fnsku|gls|gtin|hermes|invoice|isbn|lot|marca|\w{0,12}marke|\w{0,30}muster|dise[nñ]o|disegno|dessin|marque|model\w*|mpn|part"
    r"|patent\w*|rcd|rechnung|registration|seguimiento|sendung|serial|serie|serien|shipment|sire[nt]|sku"
    r"|sn|suivi|ticket|track(?:ing)?|trademark|upc|ups)"
    r"(?:s?nummer)?(?:[ .:#_-]{0,2}(?:id|no|nr|n°|num\w*|number)\b)?|(?<!電話)番号"
    r"|(?:编|单|注册|专利|序列|批|投诉|案件)号)"
    r"[ .:#=は是为]{0,3}\d[\w./-]*(?: [1-9][\d-]*)*",
    re.IGNORECASE,
)
"""A number behind the word for what it is, if that is no phone."""

_ACCOUNT = re.compile(
    r"\b[A-Z]{2}\d\d(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)\b", re.ASCII
)


_REMEMBERED = 64
"""Texts of which it is known what they tell: a draft is looked at with each act on its report."""


class _Kind(Enum):
    MAIL = auto()
    ACCOUNT = auto()
    PHONE = auto()


class PersonalDatum(NamedTuple):
    """Something in a text that tells of a person."""

    words: str
    """What it is, in words, with a few of its characters."""
    found: str
    """All of it, as it stands in the text."""


def personal_in(text: str) -> Iterator[PersonalDatum]:
    """Find all that the text tells of a person.

    Found are e-mail addresses, also spelled out, IBANs by their check digits, and phone numbers: in
    their international form, with a leading zero, as ``(555) 010-1234``, in the groups of Spain and
    Italy, and any behind a word such as ``tel``. Left alone are ASINs, order IDs, prices, dates,
    times, barcodes by their check digit, and any number behind a word such as ``complaint`` or
    ``tracking``. Names, lines of a postal address, and national numbers without a zero, a group or
    a word before them are not found.
    """
    for kind, found in _personal(text):
        yield PersonalDatum(_said(kind, found), found)


def _said(kind: _Kind, found: str) -> str:
    match kind:
        case _Kind.MAIL:
            return tr("an email address ({start}...)", start=found[:_SHOWN])
        case _Kind.ACCOUNT:
            return tr("a bank account ({start}...)", start=found[:_SHOWN])
        case _Kind.PHONE:
            return tr("a phone number (...{end})", end=found[-_SHOWN:])


@lru_cache(_REMEMBERED)
def _personal(text: str) -> tuple[tuple[_Kind, str], ...]:
    """Return what stands in the text, whatever language it is told in."""
    plain = _plain(text)
    mails = ((_Kind.MAIL, mail[0]) for mail in _MAIL.finditer(plain))
    accounts = (account[0] for account in _ACCOUNT.finditer(plain.upper()))
    numbers = _numbers(_HARMLESS.sub(" ; ", plain))
    return (
        *mails,
        *((_Kind.ACCOUNT, account) for account in accounts if _is_iban(account)),
        *((_Kind.PHONE, number) for number in numbers),
    )


def personal_data(text: str) -> str:
    """Return what the text tells of a person, in words; nothing if it tells nothing.

    Only a few characters of it are said again.
    """
    return next((each.words for each in personal_in(text)), "")


def _plain(text: str) -> str:
    """Return the text with one form for each sign, and without those that nobody sees."""
    signs = seen(unicodedata.normalize("NFKC", text))
    return re.sub(r"[\u2010-\u2015\u2212]", "-", signs)


def _numbers(text: str) -> Iterator[str]:
    for named in _NAMED.finditer(text):
        yield named[1]
    # A labelled number's end stays: it shows that what follows in groups is no beginning.
    for found in _PHONE.finditer(_LABELLED.sub(lambda label: f" ; {label[0][-4:]}", text)):
        if not _is_code(found[0]):
            yield found[0]


def _is_code(number: str) -> bool:
    """Tell whether it is an ISBN, or a barcode of 12 to 14 digits, by its check digit (GS1)."""
    if not (number.isascii() and number.isdigit()):
        return False
    weighed = (int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number[::-1]))
    return is_asin(number) or (len(number) in (12, 13, 14) and sum(weighed) % 10 == 0)


def _is_iban(number: str) -> bool:
    """Tell whether its check digits are right (ISO 13616, modulo 97)."""
    whole = number.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in whole[4:] + whole[:4])) % 97 == 1
