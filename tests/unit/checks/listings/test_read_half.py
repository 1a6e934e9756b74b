"""The half of the set that may be read: every change is found, and nothing else is told."""

from __future__ import annotations

from functools import cache

from bot.core.findings import Severity
from checks.listings import compare_listing
from checks.listings.comparison import ContentChange, ContentField
from tests.unit.checks.listings.pages import content
from tests.unit.checks.listings.sets.reading import Sample, samples

READ = samples("read")
GRAVE = {ContentField.BRAND, ContentField.MAIN_IMAGE, ContentField.FAMILY}


@cache
def told(sample: Sample) -> tuple[ContentChange, ...]:
    before, after = content(sample.before, sample.lang), content(sample.after, sample.lang)
    return compare_listing(before, after).changes


def test_every_change_is_found() -> None:
    assert [each.kind for each in READ if each.alarm and not told(each)] == []


def test_drift_is_never_told() -> None:
    assert [each.kind for each in READ if not each.alarm and told(each)] == []


def test_drift_is_not_told_the_other_way_round() -> None:
    # A brand that was approved in front of the title must stay there.
    drift = [each for each in READ if not each.alarm and "brand put before" not in each.kind]
    back = [
        Sample(each.page, each.lang, each.kind, False, each.after, each.before) for each in drift
    ]
    assert [each.kind for each in back if told(each)] == []


def test_each_change_shows_two_sides_and_is_as_grave_as_its_field() -> None:
    for change in (change for each in READ for change in told(each)):
        assert change.before != change.after
        if change.field is not ContentField.TITLE:
            assert (change.severity is Severity.CRITICAL) is (change.field in GRAVE)
