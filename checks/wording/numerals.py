"""Numbers as each language writes them: 1,450 is 1.450 elsewhere, and sometimes 1450."""

from __future__ import annotations

import re
from decimal import Decimal

POINT_DECIMAL = frozenset({"en", "ja", "zh", "ko", "he", "th", "hi", "es_mx", "en_in"})
"""Languages that part decimals by a point; all others do so by a comma."""

NUMBER = r"(?<![\w.,])[.,]\d+(?![.,]?\d)|\d+(?:[.,]\d+|'\d{3}(?!\d))*"
"""Digits with what may stand between them."""
SPACED = r"(?<![\d.,])\d{1,3}(?:[ ]\d{3})+(?![\d.,]*\d)"
"""Thousands parted by spaces, as languages with a decimal comma write them."""

_PARTS = re.compile(r"[.,']")
LONGEST_GROUP = 3


def by_point(tag: str) -> bool:
    """Tell whether the language of a tag parts decimals by a point."""
    code = tag.casefold().replace("-", "_")
    return code in POINT_DECIMAL or code.partition("_")[0] in POINT_DECIMAL - {"es"}


def read_number(written: str, *, point: bool) -> tuple[str, ...]:
    """Return a number in one way of writing it; several where its signs make a list of it.

    A leading zero stays: it belongs to a code or a telephone number.
    """
    if written[0] in ".,":
        return read_number(f"0{written}", point=point)
    digits = "".join(str(int(char)) if char.isdigit() else char for char in written)
    parts = _PARTS.split(digits.replace(" ", ""))
    signs = _PARTS.findall(digits)
    if not signs:
        return (parts[0],)
    decimal = _decimal_sign(parts, signs, point=point)
    thousands = parts if decimal is None else parts[:-1]
    between = signs if decimal is None else signs[:-1]
    if not _is_grouped(thousands) or len(set(between) - {decimal}) > 1 or decimal in between:
        return tuple(parts)
    whole = "".join(thousands)
    return (whole if decimal is None else _short(f"{whole}.{parts[-1]}"),)


def read_fraction(written: str) -> str:
    """Return a fraction, such as 5 1/2, in decimals."""
    *whole, fraction = written.split()
    over, under = fraction.split("/")
    value = Decimal("".join(whole) or 0) + Decimal(over) / Decimal(under)
    return _plain(value)


def _decimal_sign(parts: list[str], signs: list[str], *, point: bool) -> str | None:
    """Return the sign before decimals; None: all signs part thousands."""
    last = signs[-1]
    if last == "'" or signs.count(last) > 1:
        return None
    if last == ("." if point else ","):
        return last
    groups = len(parts[-1]) == LONGEST_GROUP and parts[0] != "0"
    return None if groups else last


def _is_grouped(parts: list[str]) -> bool:
    first, *others = parts
    if not others:
        return True
    *between, last = map(len, others)
    # In India two digits are a group but for the last: 1,25,000.
    grouped = last == LONGEST_GROUP and (
        set(between) <= {LONGEST_GROUP} or (set(between) == {2} and len(first) < LONGEST_GROUP)
    )
    return grouped and 0 < len(first) <= LONGEST_GROUP


def _short(number: str) -> str:
    """Return a number without zeros at the end of its decimals."""
    return number.rstrip("0").rstrip(".")


def times(number: str, factor: Decimal) -> str:
    """Return a number so many times, in plain digits; a code with a leading zero stays."""
    if number.startswith("0") and not number.startswith("0.") and number != "0":
        return number
    return _plain(Decimal(number) * factor) if len(number) < LONGEST_EXACT else number


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


LONGEST_EXACT = 24
"""Digits up to which a number is multiplied without a loss."""
