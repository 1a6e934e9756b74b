"""Cron words as a person says them."""

from __future__ import annotations

import pytest

from bot.core.cadences import in_words


@pytest.mark.parametrize(
    ("cadence", "words"),
    [
        ("0 9 * * mon", "every Monday at 9:00"),
        ("30 14 * * *", "every day at 14:30"),
        ("0 9 1-7 * tue", "first Tuesday of every month at 9:00"),
        ("0 9 8-14 1,4,7,10 tue", "second Tuesday of January, April, July and October at 9:00"),
        ("0 9 15-21 3,9 thu", "third Thursday of March and September at 9:00"),
        ("5 9 1 12 *", "day 1 of December at 9:05"),
        ("0 9 * 5 wed", "every Wednesday of May at 9:00"),
    ],
)
def test_a_cadence_in_words(cadence: str, words: str) -> None:
    assert in_words(cadence) == words


@pytest.mark.parametrize("cadence", ["0 9 */2 * mon", "0 9 * 1-3 mon", "0 9 1-9 * mon", "x", ""])
def test_what_is_rarely_used_stays_as_it_is(cadence: str) -> None:
    assert in_words(cadence) == cadence
