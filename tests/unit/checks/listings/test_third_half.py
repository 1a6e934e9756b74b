"""The third half that nobody read before the rules stood: what is found, and what is told.

The first run of the rules found 248 of 250 changes and told 9 of 250 others; the goal was 250 and
at most 1. These eleven were read after it, and their kinds mended: a minus behind Japanese letters,
a title that is mirrored, units in Polish, Swedish and Turkish, Turkish capitals, stretched Arabic
words and Indian thousands. So the count below is of rules that know these samples, and no longer a
blind one.
"""

from __future__ import annotations

from tests.unit.checks.listings.counting import Counted, counted

NOW = Counted(found=250, false=0)


def test_every_change_is_found_and_drift_is_not_told() -> None:
    assert counted("third") == NOW
