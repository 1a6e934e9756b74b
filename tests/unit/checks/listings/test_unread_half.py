"""The half of the set that nobody read: how many changes are found, and how often drift is told.

It is counted, never looked at: a rule changed for one of its samples makes the count worthless.
"""

from __future__ import annotations

from typing import NamedTuple

from checks.listings import compare_listing
from tests.unit.checks.listings.pages import content
from tests.unit.checks.listings.sets.reading import samples


class Counted(NamedTuple):
    """How many of 250 changes were found, and of 250 others told."""

    found: int
    false: int


FIRST_RUN = Counted(found=250, false=2)
"""What the first run counted; the goal was 250 and at most 1.

The rules were not changed after it."""


def counted() -> Counted:
    told = [
        (
            each.alarm,
            bool(
                compare_listing(
                    content(each.before, each.lang), content(each.after, each.lang)
                ).changes
            ),
        )
        for each in samples("unread")
    ]
    return Counted(told.count((True, True)), told.count((False, True)))


def test_as_many_are_found_and_told_as_in_the_first_run() -> None:
    count = counted()
    print(f"found {count.found} of 250 changes; {count.false} false alarms of 250")
    assert count == FIRST_RUN
