"""Marketplaces by the names that people and their tools give them. Pure."""

from __future__ import annotations

from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.text import folded

_COUNTRIES = """
US United States; USA; United States of America
CA Canada
MX Mexico
BR Brazil; Brasil
UK United Kingdom; Great Britain
DE Germany; Deutschland; DEU
FR France; FRA
IT Italy; Italia; ITA
ES Spain; España; ESP
NL Netherlands; The Netherlands; Nederland; NLD
BE Belgium; België; Belgique; BEL
SE Sweden; Sverige; SWE
PL Poland; Polska; POL
IE Ireland; IRL
TR Turkey; Türkiye; TUR
AE United Arab Emirates; UAE
SA Saudi Arabia; KSA
EG Egypt
ZA South Africa
IN India
JP Japan; JPN
AU Australia; AUS
SG Singapore
"""


def _names() -> dict[str, Marketplace]:
    by_code = {market.code: market for market in MARKETPLACES}
    names: dict[str, Marketplace] = {"amazongb": by_code["UK"]}
    for market in MARKETPLACES:
        domain = folded(market.domain)
        names |= dict.fromkeys((f"amazon{domain}", f"amazon{market.code.lower()}"), market)
    for row in _COUNTRIES.strip().splitlines():
        code, _, countries = row.partition(" ")
        for country in map(folded, countries.split(";")):
            names |= dict.fromkeys((country, f"amazon{country}"), by_code[code])
    return names


_NAMES = _names()


def find_market(text: str) -> Marketplace | None:
    """Find a marketplace by code, identifier or domain, or as ``AmazonDE`` or ``Germany``."""
    return Marketplace.find(text) or _NAMES.get(folded(text).removeprefix("www"))


def market_named(text: str) -> Marketplace:
    """Return the marketplace of that name. Raises UserError: there is none."""
    return find_market(text) or Marketplace.named(text)
