"""Single values from Amazon's answers, made safe one by one."""

from __future__ import annotations

import re
from decimal import Decimal

from adapters.amazon.answers import Loose, Points, Price
from bot.core.money import LARGEST, Money

LONGEST_ID = 40
LONGEST_TEXT = 60
MOST_COUNTED = 10**9
MOST_OFFERS = 100
"""Amazon lists at most twenty offers; more than this is not read."""

YEN = "JPY"

_NOTHING = Decimal(0)
_ID = re.compile(rf"[0-9A-Za-z]{{1,{LONGEST_ID}}}", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def free(currency: str) -> Money:
    """Return no money at all."""
    return Money(_NOTHING, currency)


def is_readable_id(seller: str) -> bool:
    """Tell whether a seller ID can be shown and put into a link: letters and digits alone."""
    return _ID.fullmatch(seller) is not None


def is_sound(price: Money | None) -> bool:
    """Tell whether an amount that was recorded can be true."""
    if price is None:
        return True
    return bool(_CURRENCY.fullmatch(price.currency)) and price == money(
        Price(price.currency, price.amount), price.currency
    )


def money(raw: Price | None, currency: str) -> Money | None:
    """Return an amount that can be true; in ``currency`` where the answer names none."""
    if raw is None or raw.amount is None:
        return None
    if not raw.amount.is_finite() or not _NOTHING <= raw.amount < LARGEST:
        return None
    code = raw.currency or currency
    if code != currency and not _CURRENCY.fullmatch(code):
        return None
    # Adding nothing rounds to 28 digits and takes the sign off a negative zero.
    return Money(raw.amount + _NOTHING, code)


def points(raw: Points | None, currency: str) -> Money | None:
    """Return what points are worth, where that is told; their number is in yen."""
    if raw is None:
        return None
    value = money(raw.points_monetary_value, currency)
    if value is None and currency == YEN:
        number = whole(raw.points_number, MOST_COUNTED)
        value = Money(Decimal(number), YEN) if number is not None else None
    return value if value and value.amount else None


def whole(value: Loose, most: int) -> int | None:
    """Read a count or a percentage between 0 and ``most``; None for everything else."""
    if value is None or value is True or value is False:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return round(number) if 0 <= number <= most else None


def plain(word: str | None) -> str:
    """Return a condition as it is compared: Amazon writes 'Very Good', 'very_good', 'VeryGood'."""
    if word is None:
        return ""
    return word.replace("_", "").replace(" ", "").lower()
