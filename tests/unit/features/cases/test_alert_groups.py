"""Many cases at once are one piece of news."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings import Severity
from bot.core.store import Store, Transaction
from bot.features.cases.collections import ALERT_GROUPS
from bot.features.cases.models.alert_groups import ALONE, CALM, WINDOW, AlertGroup
from tests.fakes import START
from tests.unit.conftest import OWN, Team, offer

SECOND = timedelta(seconds=1)


def rolled(gaps: list[timedelta], severity: Severity = Severity.WARNING) -> list[AlertGroup]:
    """Let a case open after each gap, and return the wave after each."""
    wave, at, waves = AlertGroup(), START, []
    for gap in gaps:
        at += gap
        wave = wave.add(at, severity)
        waves.append(wave)
    return waves


def test_a_few_cases_are_told_one_by_one() -> None:
    assert [wave.message for wave in rolled([SECOND] * ALONE)] == [""] * ALONE


def test_what_follows_is_gathered_under_one_message() -> None:
    gathered = rolled([SECOND] * 200)[ALONE:]
    assert len({wave.message for wave in gathered}) == 1
    assert [wave.count for wave in gathered] == list(range(1, 200 - ALONE + 1))
    assert [wave.begins for wave in gathered[:2]] == [True, False]


def test_a_wave_ends_when_it_is_calm_and_the_next_has_a_message_of_its_own() -> None:
    flood = [SECOND] * (ALONE + 2)
    waves = rolled([*flood, CALM, *flood])
    assert waves[len(flood)].message == ""
    assert len({wave.message for wave in waves if wave.message}) == 2


def test_it_is_as_bad_as_its_worst_case() -> None:
    wave = rolled([SECOND] * (ALONE + 1))[-1]
    critical = wave.add(START + WINDOW, Severity.CRITICAL)
    assert critical.add(START + WINDOW, Severity.INFO).worst is Severity.CRITICAL


@given(st.lists(st.integers(0, 700), max_size=60))
def test_however_they_come_no_more_than_a_few_are_told_alone_in_any_window(
    seconds: list[int],
) -> None:
    at, alone = START, []
    wave = AlertGroup()
    for gap in seconds:
        at += timedelta(seconds=gap)
        wave = wave.add(at, Severity.INFO)
        if not wave.message:
            alone.append(at)
    for first in alone:
        assert sum(first <= moment < first + WINDOW for moment in alone) <= ALONE


@pytest.mark.parametrize("holder", [OWN, "A1STRANGER0009"])
async def test_the_message_that_gathers_alerts_pings_if_one_of_them_does(
    team: Team, holder: str
) -> None:
    async with team.app.store.transaction() as tx:
        for _ in range(ALONE):
            tx.put(ALERT_GROUPS, (await current(tx)).add(team.clock.now, Severity.INFO))
    await team.look(offer(OWN, "24.99"), offer("A1STRANGER0009", "24.99"), holder=holder)
    group = await current(team.app.store)
    assert group.count == 1
    critical = holder != OWN
    assert (group.worst is Severity.CRITICAL) is critical
    assert team.chat.messages[group.message].ping is critical


async def current(store: Store | Transaction) -> AlertGroup:
    return await store.get(ALERT_GROUPS, "now") or AlertGroup()
