"""/health says how Amazon's notifications arrive, and since when they do not."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from adapters.simulator import SettableClock, demo_scenario
from adapters.simulator.notification_queue import SimulatedQueue
from adapters.simulator.world import World
from bot.core.links import Links
from bot.core.push import PUSH, Push
from bot.core.team import Team as TeamSettings
from bot.core.views.context import ViewContext
from bot.features.watchlist.collections import PUSH_STATES
from bot.features.watchlist.models.push import PushHealth, PushState
from bot.features.watchlist.service.health import read_health
from bot.features.watchlist.views.push import push_fields
from tests.unit.conftest import Team

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("push", "says"),
    [
        (PushHealth(PushState()), "None yet"),
        (PushHealth(PushState(heard_at=NOW)), "Last one just now"),
        (
            PushHealth(PushState(heard_at=NOW, unreadable=2)),
            "Last one just now. Could not read 2 messages in all",
        ),
        (
            PushHealth(PushState(failing_since=NOW, why="AWS refused.")),
            "Out since 23 Nov 10:00: AWS refused. Products are checked without them.",
        ),
        (
            PushHealth(PushState(), "Run: make push."),
            "Not read. Run: make push. Products are checked without them.",
        ),
    ],
)
def test_it_tells_how_they_arrive(push: PushHealth, says: str) -> None:
    view = ViewContext(now=NOW, team=TeamSettings(), links=Links())
    [shown] = push_fields(push, view)
    assert (shown.label, shown.value) == ("Amazon's notifications", says)


def test_where_no_queue_is_set_it_says_nothing() -> None:
    view = ViewContext(now=NOW, team=TeamSettings(), links=Links())
    assert push_fields(None, view) == []


async def test_it_reads_what_is_stored_of_a_queue_that_is_set(team: Team) -> None:
    assert (await read_health(team.app)).push is None
    queue = SimulatedQueue(World(demo_scenario()), SettableClock())
    app = dataclasses.replace(team.app, resources=team.app.resources.having(PUSH, Push(queue)))
    assert (await read_health(app)).push == PushHealth(PushState())
    state = PushState(failing_since=NOW, why="AWS refused.")
    async with app.store.transaction() as tx:
        tx.put(PUSH_STATES, state)
    found = (await read_health(app)).push
    assert found == PushHealth(state)
    assert found.out


async def test_what_is_missing_is_said(team: Team) -> None:
    given = team.app.resources.having(PUSH, Push(missing="Run: make push."))
    app = dataclasses.replace(team.app, resources=given)
    assert (await read_health(app)).push == PushHealth(PushState(), "Run: make push.")
