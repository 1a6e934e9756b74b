"""Days are found as each language writes them; what only looks like one is none."""

from __future__ import annotations

from datetime import date

from bot.core.languages import LANGUAGES
from bot.core.written import written_day
from bot.features.reports.rules.dates import has_day
from tests.cases import for_each

DAYS = {
    "en": [
        "2026-11-23",
        "11/23/2026",
        "11/23/26",
        "23.11.2026",
        "Nov 23, 2026",
        "nov 23",
        "November 23rd, 2026",
        "23 November 2026",
        "23 Nov",
        "May 5, 2026",
        "may 5, 2026",
        "May 5 at 10:00 UTC",
        "5 May",
        "May 5th",
        "March 5 and 6",
        "March 5.",
        "Mar. 3, 2026",
        "23 novembre 2026",
        "1er d\u00e9cembre 2026",
        "23 de noviembre de 2026",
        "2026\u5e7411\u670823\u65e5",
    ],
    "de": ["23.11.2026", "23.11.26", "23. 11. 2026", "23. November", "5. Mai", "3. J\u00e4nner"],
    "fr": ["23 novembre", "1er mars", "23/11/2026", "le 2 ao\u00fbt 2026"],
    "es": ["23 de noviembre", "5 de mayo de 2026", "3 may 2026"],
    "it": ["23 novembre", "3 gen", "1\u00b0 maggio", "3 marzo 2026"],
    "ja": ["2026\u5e7411\u670823\u65e5", "11\u670823\u65e5"],
}
NONE = {
    "en": [
        "in November",
        "order 123-1234567-1234567",
        "version 1.2",
        "2026",
        "A buyer may 3 times ask.",
        "May 5 be sold in one box?",
        "It may 5 of them.",
        "The firmware is 10.5.20.",
        "We saw version 2.3.19.",
        "It runs 10.5.20 now.",
        "firmware v2026.11.2",
        "the address 10.5.20.1",
        "a Gen 3 pan",
        "a Mars 2 rover",
        "In November 23 units were sold.",
        "In May 5 units were sold.",
        "march 5 times around it",
        "They mar 3 pans.",
        "November 2.5 kg",
        "open 24/7",
        "1/2 inch",
        "45/13/26",
        "size 10-20-30",
    ],
    "de": ["im November", "Firmware 10.5.20", "Version 2.3.19", "Modell Gen 3", "23.19.20"],
    "fr": ["en novembre", "version 2.3.19"],
    "es": ["versi\u00f3n 2.3.19", "en mayo"],
    "it": ["Gen 3", "versione 2.3.19"],
}


def all_of(known: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in known.items() for text in texts]


@for_each(("language", "day"), all_of(DAYS))
def test_a_day_is_found_as_its_language_writes_it(language: str, day: str) -> None:
    assert has_day(f"Seen on {day} here.", language)
    assert has_day(day, language)


@for_each(("language", "text"), all_of(NONE))
def test_what_names_no_day_is_none(language: str, text: str) -> None:
    assert not has_day(text, language)


@for_each("language", [*LANGUAGES])
@for_each("month", range(1, 13))
def test_every_day_that_a_draft_writes_is_found(language: str, month: int) -> None:
    assert has_day(f"({written_day(date(2026, month, 5), language)})", language)
