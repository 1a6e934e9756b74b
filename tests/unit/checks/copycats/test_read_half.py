"""The half of the set that may be read: all copies are shown, and nothing else is."""

from __future__ import annotations

import pytest

from tests.unit.checks.copycats.judging import Judged, judged


@pytest.mark.parametrize("pictures", [True, False])
def test_copies_are_shown_and_nothing_else_is(pictures: bool) -> None:
    assert judged("read", pictures=pictures) == Judged(copies=30, others=0)
