"""Prices as the shops of all marketplaces write them, for properties."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from hypothesis import strategies as st

from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.money import Money

SIGNS = {
    "USD": ("$", "US$", "USD"),
    "CAD": ("$", "CA$", "C$", "CAD"),
    "MXN": ("$", "MX$", "MXN"),
    "BRL": ("R$", "BRL"),
    "GBP": ("£", "GBP"),
    "EUR": ("€", "EUR"),
    "SEK": ("kr", "kr.", "kronor", "SEK"),
    "PLN": ("zł", "złotych", "PLN"),
    "TRY": ("TL", "₺", "TRY"),
    "AED": ("AED", "د.إ.\u200f", "درهم"),
    "SAR": ("SAR", "ر.س.\u200f", "ريال", "﷼"),
    "EGP": ("EGP", "ج.م.\u200f", "جنيه", "E£"),
    "ZAR": ("R", "ZAR"),
    "INR": ("₹", "Rs", "Rs.", "INR"),
    "JPY": ("¥", "￥", "円", "JPY"),
    "AUD": ("$", "A$", "AU$", "AUD"),
    "SGD": ("$", "S$", "SGD"),
}
_MARKS = {
    **dict.fromkeys(("BR", "DE", "IT", "ES", "NL", "BE", "TR"), ((".", ","),)),
    "FR": (("\u202f", ","), ("\u00a0", ","), (" ", ",")),
    "SE": (("\u00a0", ","), (" ", ",")),
    "PL": (("\u00a0", ","), (" ", ",")),
    "ZA": (("\u00a0", ","), (" ", ".")),
    "CA": ((",", "."), ("\u00a0", ",")),
    "EG": ((",", "."), ("\u066c", "\u066b")),
}
"""What stands between thousands and before cents; a comma and a point elsewhere."""
_SPACES = ("", " ", "\u00a0", "\u202f", "\u2009")
_ARABIC = str.maketrans("0123456789", "".join(chr(0x0660 + digit) for digit in range(10)))
_WIDE = str.maketrans("0123456789", "".join(chr(0xFF10 + digit) for digit in range(10)))


class Written(msgspec.Struct, frozen=True):
    """A price, and what a shop makes of it."""

    text: str
    sign: str
    price: Money
    marketplace: Marketplace


@st.composite
def written_prices(draw: st.DrawFn, *, signed: bool = True) -> Written:
    """Draw an amount as the shop of a marketplace writes it, its sign before or behind or none."""
    market = draw(st.sampled_from(MARKETPLACES))
    largest = draw(st.sampled_from((9_999, 9_999_999, 99_999_999_999)))
    cents = draw(st.integers(1, largest))
    without = market.currency == "JPY"
    thousands, point = draw(st.sampled_from(_MARKS.get(market.code, ((",", "."),))))
    units = cents if without else cents // 100
    units = units % 999_999_999 + 1 if without else units
    number = _parted(units, thousands, lakh=market.currency == "INR" and draw(st.booleans()))
    if without:
        price = Decimal(units)
    else:
        price = Decimal(cents) / 100
        if cents % 100 or draw(st.booleans()):
            number += f"{point}{cents % 100:02}"
    if thousands == "\u066c":
        number = number.translate(_ARABIC)
    if market.code == "JP" and draw(st.booleans()):
        number = number.translate(_WIDE)
    sign = draw(st.sampled_from(("", *SIGNS[market.currency]))) if signed else ""
    space = draw(st.sampled_from(_SPACES)) if sign else ""
    text = f"{sign}{space}{number}" if draw(st.booleans()) else f"{number}{space}{sign}"
    return Written(text, sign, Money(price, market.currency), market)


def _parted(units: int, mark: str, *, lakh: bool) -> str:
    digits = str(units)
    head, tail = digits[:-3], digits[-3:]
    size = 2 if lakh else 3
    groups: list[str] = []
    while head:
        groups.insert(0, head[-size:])
        head = head[:-size]
    return mark.join([*groups, tail])
