"""Days, moments and amounts as texts for people outside the team write them, by language."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

from bot.core.languages import spoken
from bot.core.money import Money

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written_day(day: date, language: str) -> str:
    """Return a day as the language writes it: ``Nov 23, 2026``, ``23.11.2026``, ``2026年11月23日``.

    English names the month: readers in different countries would take 11/12 for different days.
    """
    match spoken(language):
        case "de":
            return f"{day.day:02}.{day.month:02}.{day.year}"
        case "fr" | "es" | "it":
            return f"{day.day:02}/{day.month:02}/{day.year}"
        case "ja" | "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        case _:
            return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def written_moment(at: datetime, language: str, zone: tzinfo = UTC) -> str:
    """Return a moment with its zone: ``Nov 29, 2026, 00:57 UTC``, ``29.11.2026, 00:57 UTC``."""
    local = at.astimezone(zone)
    gap = " " if spoken(language) in ("ja", "zh") else ", "
    return f"{written_day(local.date(), language)}{gap}{local:%H:%M %Z}"


def written_money(money: Money, language: str) -> str:
    """Return an amount as the language writes it: ``USD 1,024.99``, ``1.024,99 EUR``."""
    match language:
        case "de" | "es" | "it":
            return f"{money.figure.translate(_COMMA)} {money.currency}"
        case "fr":
            figure = money.figure.translate(_COMMA).replace(".", "\N{NO-BREAK SPACE}")
            return f"{figure} {money.currency}"
        case "ja":
            return f"{money.figure} {money.currency}"
        case _:
            return str(money)


_COMMA = str.maketrans(",.", ".,")
