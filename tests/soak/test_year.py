"""The simulated year lives: a small one, so that the figures of the large one mean something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.app.collections import ERRANDS, OUTBOX, REPORTS
from tests.soak.office import open_office
from tests.soak.year import Month, Sizes, Year


async def test_two_months_of_a_small_team(tmp_path: Path) -> None:
    months: list[Month] = []
    async with open_office(tmp_path) as office:
        year = Year(office, Sizes(watches=20, cases_a_month=8, days=61))
        await year.live(months.append)
        assert year.refused == []
        assert await office.store.count(OUTBOX) == 0
        assert await office.store.count(ERRANDS) == 0
        filed = [report for report in await office.store.page(REPORTS) if report.filed_at]
        assert filed
    assert [month.month for month in months] == [1, 2]
    assert all(month.cases for month in months)
    assert months[-1].warm < sum(months[-1].live.values())


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_the_year_stays_within_its_targets() -> None:
    command = [sys.executable, "-m", "tests.soak"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    print(done.stdout)
    sizes = [line for line in done.stdout.splitlines() if line.startswith(("live", "memory"))]
    assert len(sizes) == 3
    assert not [line for line in sizes if line.endswith("MISSED")]
