"""How often each product is checked, and why, is told on the command line."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from anyio.from_thread import BlockingPortal

from bot.bootstrap.application import Application, open_application
from bot.cli.control import controlled
from bot.cli.plan import asked, cells, said
from bot.cli.serving import DEMO
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.patrols import PatrolState, PatrolSubject
from bot.features.watchlist.collections import WATCHES
from bot.settings import PREFIX, Settings
from checks.plan import LanePlan, PlannedProduct
from checks.signs import Signs
from tests.bench.detection.monitored import Marketplace
from tests.bench.detection.world import Score, Trial, World
from tests.fakes import FakeSource
from tests.unit.cli.conftest import Cli

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LANE = LanePlan(region="eu", own=False, products=412, round=206.0, by_risk=True)
PRODUCT = PlannedProduct(key="DE-B0ALDER001", every=41.0, a_month=11.84)


def test_a_quota_says_how_often_its_products_are_checked() -> None:
    spread = msgspec.structs.replace(LANE, shortest=41.0, longest=540.0)
    assert said(spread) == (
        "Europe, 412 products without your own SKUs: about every 41 s to 9 min, "
        "most often where attacks are likely."
    )
    alike = msgspec.structs.replace(LANE, products=1, own=True, shortest=2.0, longest=2.0, round=2)
    assert said(alike) == (
        "Europe, 1 product with your own SKUs: each about every 2 s. Nothing sets one apart yet."
    )
    fixed = msgspec.structs.replace(LANE, by_risk=False, round=600.0)
    assert said(fixed).endswith("without your own SKUs: each about every 10 min.")


def test_a_patrol_says_what_it_asks_how_often_and_why_it_cannot() -> None:
    patrol = PatrolState(subject=PatrolSubject.PRICES, region="eu", products=412, round=41.2)
    assert asked(patrol) == (
        "Europe, 412 products: the number of offers and the Buy Box are checked about every 41 s."
    )
    out = msgspec.structs.replace(
        patrol, subject=PatrolSubject.PAGES, why="Amazon is down.", since=NOW
    )
    assert asked(out) == (
        "Europe, 412 products: the pages could not be checked lately: Amazon is down."
    )


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({}, "No unknown seller found so far"),
        ({"signs": Signs(strangers=2)}, "2 unknown sellers at the first check"),
        (
            {"signs": Signs(cases=3, rank=7, units=20, room=2.5)},
            "3 cases before it was watched",
        ),
        (
            {"since": NOW - timedelta(days=20), "found": 7, "last": NOW - timedelta(hours=2)},
            "7 unknown sellers came in 20 days, the last 2 h ago",
        ),
        (
            {"since": NOW, "found": 1, "last": NOW, "signs": Signs(strangers=1)},
            "1 unknown seller came in 1 day, the last just now; "
            "1 unknown seller at the first check",
        ),
    ],
)
def test_a_line_says_what_a_product_is_checked_for(known: dict[str, object], why: str) -> None:
    product = msgspec.structs.replace(PRODUCT, **known)
    assert cells(product, NOW) == ("DE-B0ALDER001", "41 s", "11.8 a month", why)


def test_what_hardly_ever_happens_has_no_number() -> None:
    assert cells(msgspec.structs.replace(PRODUCT, a_month=0.04), NOW)[2] == "rare"


def test_without_a_program_it_says_to_start_one(cli: Cli, folder: Path) -> None:
    answer = cli("plan")
    assert answer.exit_code == 1
    assert "Brandwarden is not running with the data in" in answer.stderr


@pytest.fixture
def running(portal: BlockingPortal) -> Iterator[Callable[..., None]]:
    """Run the program with three products, on a source that has a quota or not."""

    @asynccontextmanager
    async def answering(metered: bool, below: str) -> AsyncIterator[Application]:
        world = World(Trial(3, 1.0, seed=1, days=1, rate=2.0))
        source = Marketplace(world, Score(world)) if metered else FakeSource()
        settings = Settings()
        settings = settings.model_copy(update={"data_dir": settings.data_dir / below})
        async with open_application(settings, source, Links(), {}) as application:
            async with application.app.store.transaction() as tx:
                for place in range(3):
                    asin = f"B{place:09}"
                    tx.put(WATCHES, Watch(asin=asin, marketplace="DE", title="A", added_at=NOW))
            await application.monitor.load()
            async with controlled(application, settings):
                yield application

    opened = []

    def run(metered: bool, below: str = "") -> None:
        context = portal.wrap_async_context_manager(answering(metered, below))
        context.__enter__()
        opened.append(context)

    yield run
    for context in opened:
        context.__exit__(None, None, None)


def test_the_running_program_tells_its_plan(
    cli: Cli, folder: Path, running: Callable[..., None]
) -> None:
    running(True)
    answer = cli("plan")
    assert answer.stdout.startswith(
        "Europe, 3 products without your own SKUs: each about every 2 s. Nothing sets one apart"
    )
    assert "DE-B000000000" in answer.stdout
    [lane] = msgspec.json.decode(cli("plan", "--json").stdout, type=dict[str, list[LanePlan]])[
        "lanes"
    ]
    assert (lane.products, lane.by_risk, len(lane.first)) == (3, True, 3)


def test_the_demos_plan_is_told_where_nothing_else_runs(
    cli: Cli, folder: Path, running: Callable[..., None]
) -> None:
    running(True, DEMO)
    assert cli("plan").stdout.startswith("Europe, 3 products without your own SKUs")


def test_with_a_fixed_time_all_are_checked_alike(
    cli: Cli, folder: Path, running: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}CHECK_EVERY", "PT5M")
    running(True)
    assert cli("plan").stdout == (
        "Europe, 3 products without your own SKUs: each about every 5 min.\n"
    )


def test_a_source_without_a_quota_is_asked_now_and_then(
    cli: Cli, folder: Path, running: Callable[..., None]
) -> None:
    running(False)
    assert "each about every 10 min." in cli("plan").stdout
