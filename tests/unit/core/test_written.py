"""Days, moments and amounts, as each language writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from bot.core.languages import LANGUAGES, STAFF, language_of, spoken
from bot.core.money import Money
from bot.core.written import written_day, written_moment, written_money

DAY = date(2026, 11, 3)
AMOUNTS = {
    "en": "EUR 1,024.50",
    "de": "1.024,50 EUR",
    "fr": "1\N{NO-BREAK SPACE}024,50 EUR",
    "es": "1.024,50 EUR",
    "es-MX": "EUR 1,024.50",
    "it": "1.024,50 EUR",
    "ja": "1,024.50 EUR",
}
DAYS = {
    "en": "Nov 3, 2026",
    "de": "03.11.2026",
    "fr": "03/11/2026",
    "es": "03/11/2026",
    "es-MX": "03/11/2026",
    "it": "03/11/2026",
    "ja": "2026年11月3日",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_writes_days_and_amounts_in_its_own_way(language: str) -> None:
    assert written_day(DAY, language) == DAYS[language]
    assert written_money(Money(Decimal("1024.5"), "EUR"), language) == AMOUNTS[language]


def test_a_currency_without_cents_has_none() -> None:
    assert written_money(Money(Decimal(1870), "JPY"), "ja") == "1,870 JPY"


def test_a_moment_names_its_zone() -> None:
    there = datetime(2026, 11, 3, 9, 5, tzinfo=timezone(timedelta(hours=9)))
    assert written_moment(there, "en") == "Nov 3, 2026, 00:05 UTC"
    assert written_moment(there, "ja") == "2026年11月3日 00:05 UTC"


def test_mexico_is_apart_from_spain() -> None:
    assert (language_of("ES"), language_of("MX")) == ("es", "es-MX")
    assert spoken("es-MX") == spoken("es") == "es"
    assert set(STAFF.values()) <= set(LANGUAGES)
