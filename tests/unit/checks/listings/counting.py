"""How many changes of a half of the set the rules find, and how much else they tell."""

from __future__ import annotations

from typing import NamedTuple

from checks.listings import compare_listing
from tests.unit.checks.listings.pages import content
from tests.unit.checks.listings.sets.reading import Half, Sample, samples


class Counted(NamedTuple):
    """How many of 250 changes were found, and of 250 others told."""

    found: int
    false: int


def counted(half: Half) -> Counted:
    """Count what the rules tell of a half."""
    told = [(each.alarm, _told(each)) for each in samples(half)]
    count = Counted(told.count((True, True)), told.count((False, True)))
    print(f"{half}: found {count.found} of 250 changes; {count.false} false alarms of 250")
    return count


def _told(sample: Sample) -> bool:
    before, after = content(sample.before, sample.lang), content(sample.after, sample.lang)
    return bool(compare_listing(before, after).changes)
