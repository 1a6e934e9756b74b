"""A burst is gathered for each set of channels apart."""

from __future__ import annotations

import pytest

from bot.core.channel_bindings import open_room
from bot.core.findings import Severity
from bot.core.interactions import Place
from bot.features.cases.collections import ALERT_GROUPS
from bot.features.cases.models.alert_groups import ALONE, NOW, AlertGroup
from bot.features.cases.service.gathering import group_of
from tests.unit.conftest import OWN, THIEF, Team, offer
from tests.unit.core.test_rooms import Far

DE = Place(chat="far", workspace="T1", channel="C2", name="brand-de")
ROUTED = group_of({"far": "C2"})


@pytest.fixture
async def far(team: Team) -> Far:
    await open_room(team.app.store, "far", "T1")
    far = Far(team)
    await far.types("watches")
    await far.types("settings route critical US here", DE)
    return far


async def bursts(far: Far, name: str) -> None:
    """Let as many cases as are told alone have opened where that group goes."""
    group = AlertGroup(name=name)
    for _ in range(ALONE):
        group = group.add(far.team.clock.now, Severity.INFO)
    async with far.team.app.store.transaction() as tx:
        tx.put(ALERT_GROUPS, group)


async def test_a_burst_of_a_route_is_gathered_in_its_channel(far: Far) -> None:
    await bursts(far, ROUTED)
    await far.looks()
    group = await far.team.app.store.get(ALERT_GROUPS, ROUTED)
    assert group is not None
    assert group.count == 1
    assert far.chat.messages[group.message].channel == "C2"
    assert far.chat.messages["C-1"].channel == "C2"


async def test_a_burst_where_alerts_go_gathers_nothing_of_a_route(far: Far) -> None:
    await bursts(far, NOW)
    await far.looks()
    assert far.chat.messages["C-1"].channel == "C2"
    assert far.chat.messages["C-1"].thread is None
    group = await far.team.app.store.get(ALERT_GROUPS, NOW)
    assert group is not None
    assert group.count == 0


async def test_a_group_of_a_route_follows_its_worst_case(far: Far) -> None:
    await far.types("settings route US here", DE)
    await bursts(far, ROUTED)
    await far.team.look(offer(OWN, "24.99"), offer(THIEF, "25.70"))
    before = await far.team.app.store.get(ALERT_GROUPS, ROUTED)
    assert before is not None
    assert before.worst < Severity.CRITICAL
    await far.looks()
    after = await far.team.app.store.get(ALERT_GROUPS, ROUTED)
    assert after is not None
    assert (after.message, after.worst) == (before.message, Severity.CRITICAL)
