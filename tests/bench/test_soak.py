"""What is measured over days, in virtual time: it tells the same on a slow machine."""

from __future__ import annotations

import pytest

from tests.bench import quota


@pytest.mark.soak
async def test_the_quota_gives_over_three_days_what_it_gives_in_three_hours() -> None:
    rows = await quota.measure(quota.SOAK)
    for each in rows:
        ratio = f", {each.ratio:.2f} x {each.beside}" if each.ratio is not None else ""
        print(f"{each.figure:8.2f} {each.unit}{ratio}: {each.what}")
    missed = [f"{each.what}: {each.figure} {each.unit}" for each in rows if each.met is False]
    assert not missed
