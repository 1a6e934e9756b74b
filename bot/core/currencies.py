"""Currencies: what people and shops call them, in front of an amount and behind it."""

from __future__ import annotations

NAMES = {
    "USD": "US dollars",
    "CAD": "Canadian dollars",
    "MXN": "Mexican pesos",
    "BRL": "Brazilian reais",
    "GBP": "pounds",
    "EUR": "euros",
    "SEK": "Swedish kronor",
    "PLN": "Polish złoty",
    "TRY": "Turkish lira",
    "AED": "UAE dirhams",
    "SAR": "Saudi riyals",
    "EGP": "Egyptian pounds",
    "ZAR": "South African rand",
    "INR": "Indian rupees",
    "JPY": "yen",
    "AUD": "Australian dollars",
    "SGD": "Singapore dollars",
    "CHF": "Swiss francs",
    "CNY": "Chinese yuan",
    "CZK": "Czech koruny",
    "DKK": "Danish kroner",
    "HKD": "Hong Kong dollars",
    "HUF": "Hungarian forint",
    "ILS": "Israeli shekels",
    "KRW": "South Korean won",
    "NOK": "Norwegian kroner",
    "NZD": "New Zealand dollars",
    "PHP": "Philippine pesos",
    "PKR": "Pakistani rupees",
    "RON": "Romanian lei",
    "RUB": "Russian rubles",
    "THB": "Thai baht",
    "TWD": "Taiwan dollars",
    "UAH": "Ukrainian hryvnias",
    "VND": "Vietnamese dong",
}
"""Those of Amazon's marketplaces, and others that people confuse with them."""

_WORDS = """
USD US$ $US
CAD CA$ C$ $CA CDN$
MXN MX$ MEX$
BRL R$ REAL REAIS
GBP £ GB£ POUND POUNDS
EUR € EURO EUROS
SEK SKR KRONA KRONOR
PLN ZŁ ZL ZŁOTY ZLOTY ZŁOTE ZŁOTYCH
TRY ₺ TL LIRA LIRAS
AED د.إ درهم DH DHS DIRHAM DIRHAMS
SAR ر.س ريال ﷼ \u20c1 SR RIYAL RIYALS
EGP ج.م جنيه E£ £E EG£ LE L.E
ZAR R RAND
INR ₹ RS ₨ रु RUPEE RUPEES
JPY ¥ JP¥ 円 YEN
AUD A$ AU$ $AU
SGD S$ SG$ $SG
CHF SFR
CNY CN¥ 元 RMB YUAN
CZK KČ
HKD HK$
ILS ₪ NIS
KRW ₩ 원
NZD NZ$
PHP ₱
RUB ₽
THB ฿
TWD NT$
UAH ₴
VND ₫
"""
_SHARED = {
    "$": ("USD", "CAD", "MXN", "AUD", "SGD", "HKD", "NZD", "TWD"),
    "dollar": ("USD", "CAD", "AUD", "SGD", "HKD", "NZD", "TWD"),
    "dollars": ("USD", "CAD", "AUD", "SGD", "HKD", "NZD", "TWD"),
    "peso": ("MXN", "PHP"),
    "pesos": ("MXN", "PHP"),
    "kr": ("SEK", "DKK", "NOK"),
}
"""Words of several currencies; each means that of the place where it is written."""
_MEANINGS = {
    **{code.casefold(): (code,) for code in NAMES},
    **{
        word.casefold(): (row.split()[0],)
        for row in _WORDS.strip().splitlines()
        for word in row.split()
    },
    **_SHARED,
}


def meanings(word: str) -> tuple[str, ...]:
    """Return the codes of the currencies that a word may stand for; none if it is no such word.

    A full stop behind an abbreviation is no part of it: ``Rs.``, ``kr.``.
    """
    return _MEANINGS.get(word.casefold().removesuffix("."), ())


def named(word: str) -> str:
    """Return what the currency of a word is called: ``euros``, or ``dollars`` for all of them."""
    [first, *others] = meanings(word)
    return NAMES[first].split()[-1] if others else NAMES[first]
