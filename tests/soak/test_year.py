"""The simulated year lives: a small one, so that the figures of the large one mean something."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.web.messages import KEPT_DAYS, WEB_MESSAGES, message_id
from bot.core.collections import JOBS, OUTBOX
from bot.core.interactions import Post
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.commands.cases import SHOWN
from bot.features.cases.models.cases import Case
from bot.features.reports.collections import REPORTS
from tests.soak.office import Office, open_office
from tests.soak.year import Month, Sizes, Year


async def test_two_months_of_a_small_team(tmp_path: Path) -> None:
    months: list[Month] = []
    async with open_office(tmp_path) as office:
        year = Year(office, Sizes(watches=20, cases_a_month=8, days=61))
        await year.live(months.append)
        assert year.refused == []
        assert await office.store.count(OUTBOX) == 0
        assert await office.store.count(JOBS) == 0
        filed = [report for report in await office.store.page(REPORTS) if report.filed_at]
        assert filed
    assert [month.month for month in months] == [1, 2]
    assert all(month.cases for month in months)
    assert months[-1].warm < sum(months[-1].live.values())


async def test_what_the_page_no_longer_has_is_found_with_its_case(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await Year(office, Sizes(watches=10, cases_a_month=8, days=KEPT_DAYS + 50)).live(_pass_over)
        store = office.store
        cases = await store.page(CASES, limit=1000)
        on_page = [each for each in cases if await store.count(WEB_MESSAGES, "id", _head(each))]
        gone = [each for each in cases if each not in on_page]
        assert gone
        assert on_page
        long_ago = office.clock.now - timedelta(days=KEPT_DAYS)
        assert all(each.closed_at and each.closed_at < long_ago for each in gone)
        assert not await store.count(WEB_MESSAGES, "stream", _head(gone[0]))
        for case in gone:
            entries = await store.find(ENTRIES, "case", case.key, limit=1000)
            assert [entry.place for entry in entries] == [*range(1, case.entries + 1)]
        case = max(gone, key=lambda each: each.entries)
        assert case.entries > SHOWN
        assert "Ana closed it" in await _typed(office, f"{case.number}")
        assert "acknowledged it." in await _typed(office, f"{case.number} 2")


async def _typed(office: Office, words: str) -> str:
    """Return what /case shows."""
    [shown] = await office.type("case", words)
    assert isinstance(shown, Post)
    return shown.card.body


def _pass_over(_: Month) -> None:
    """Nobody reads the figures."""


def _head(case: Case) -> str:
    return message_id(case.label)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_the_year_stays_within_its_targets() -> None:
    command = [sys.executable, "-m", "tests.soak"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    print(done.stdout)
    sizes = [line for line in done.stdout.splitlines() if line.startswith(("live", "memory"))]
    assert len(sizes) == 3
    assert not [line for line in sizes if line.endswith("MISSED")]
