"""What a person is asked where a price cannot be read, with numbers as their shop writes them."""

from __future__ import annotations

from bot.core.currencies import named
from bot.core.marketplaces import Marketplace
from bot.core.money import WITHOUT_CENTS
from bot.errors import UserError

_POINT = frozenset({"BR", "DE", "IT", "ES", "NL", "BE", "TR"})
"""Marketplaces whose shops part thousands by a point."""
_SPACE = frozenset({"FR", "SE", "PL", "ZA"})
"""Marketplaces whose shops part thousands by a space; all others part them by a comma."""


def marks(marketplace: Marketplace) -> tuple[str, str]:
    """Return the marks that a marketplace's shop puts between thousands and before cents."""
    if marketplace.code in _POINT:
        return ".", ","
    return (" ", ",") if marketplace.code in _SPACE else (",", ".")


def no_price(text: str, marketplace: Marketplace, code: str) -> UserError:
    """Return the error of a text that is no price in the currency."""
    example = _example(marketplace, code)
    return UserError(f"{_quoted(text)} is not a price. Write it like {example}.")


def with_decimals(text: str, marketplace: Marketplace, code: str) -> UserError:
    """Return the error of decimals in a currency that has none."""
    example = _example(marketplace, code)
    why = f"{_quoted(text)} has decimals, but prices in {code} have none."
    return UserError(f"{why} Write it like {example}.")


def no_currency(text: str) -> UserError:
    """Return the error of a column that names none of Amazon's currencies."""
    why = f"{_quoted(text)} is not a currency that Amazon uses."
    return UserError(f"{why} Write a code like USD.")


def foreign(text: str, sign: str, marketplace: Marketplace, code: str) -> UserError:
    """Return the error of a price with the sign of another currency than ``code``."""
    here = f"amazon.{marketplace.domain} sells in {code}"
    if code != marketplace.currency:
        here = f"the currency column says {code}"
    return UserError(f"{_quoted(text)} is in {named(sign)}; {here}. Write the price in {code}.")


def ambiguous(text: str, digits: str, marketplace: Marketplace, code: str) -> UserError:
    """Return the question about digits whose last three may be decimals, or not."""
    small, rest = digits[:-3], digits[-3:]
    high = _written(f"{small}{marks(marketplace)[0]}{rest}", "00", marketplace, code)
    if code in WITHOUT_CENTS:
        return UserError(f"Does {_quoted(text)} mean {high}? Then write {high}.")
    low = _written(small, rest[:2], marketplace, code)
    question = f"Does {_quoted(text)} mean about {small}, or {small} thousand?"
    return UserError(f"{question} Write {low} or {high}.")


def _example(marketplace: Marketplace, code: str) -> str:
    if code in WITHOUT_CENTS:
        return f"1{marks(marketplace)[0]}980"
    return _written("24", "99", marketplace, code)


def _written(whole: str, cents: str, marketplace: Marketplace, code: str) -> str:
    """Return an amount as the marketplace's shop writes it."""
    return whole if code in WITHOUT_CENTS else f"{whole}{marks(marketplace)[1]}{cents}"


def _quoted(text: str) -> str:
    return repr(text.strip()[:30])
