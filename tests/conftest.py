"""What holds for all tests."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import certifi
import pytest
import structlog
from hypothesis import Phase, settings

from tests.bare import BareMachine, put_on
from tests.budgets import PURE, Meter, is_pure
from tests.needs import NEEDS
from tests.strategies import QUICK, USUAL

# Speed is measured by `make bench`; a slow machine is no reason for a property to fail.
settings.register_profile("quick", deadline=None, max_examples=QUICK)
settings.register_profile("usual", deadline=None, max_examples=USUAL)
settings.register_profile("thorough", deadline=None, max_examples=20 * USUAL)
# The same examples each time, and no simpler one is looked for: a mutant is dead at the first.
settings.register_profile(
    "mutants",
    deadline=None,
    max_examples=USUAL,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

TESTS = Path(__file__).parent
SLOW = {TESTS / "bench", TESTS / "journeys"}
"""Folders whose tests wait for other processes; others are marked."""
IN_CI = {
    TESTS / name
    for name in ("bench", "browser", "pictures", "platforms", "recipes", "soak", "walks")
}
"""Folders of what measures, drives a browser, or tests the tests' own tools; as if marked ci."""
END = "-----END CERTIFICATE-----\n"


LOG = (
    structlog.processors.add_log_level,
    structlog.processors.format_exc_info,
    structlog.processors.KeyValueRenderer(key_order=["level", "event"]),
)
"""Lines without colors and without the source of each call: few of them are ever read."""
YOUNG = 10_000
"""Objects after which the collector of garbage looks for cycles; Python's own number is 700."""

SOAKED = {"kill", "soak"}
"""Markers of what `make soak` runs."""
SOAK_KILLS = "200"
SOAK_HOURS = 6

MACHINE = pytest.StashKey[BareMachine]()
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes that must be free in memory before the tests' files are put there."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switches of `make soak` and of `.ci/run`."""
    parser.addoption(
        "--soak", action="store_true", help="run what takes hours, and hundreds of kills, alone"
    )
    parser.addoption(
        "--whole", action="store_true", help="run what is marked ci too, as if it were named"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Settle what runs, which is the same in each worker, for it is given the same arguments.

    What a path names runs whatever it is marked. Of kills there are hundreds where it takes hours;
    files read the number when they are loaded.
    """
    # Compiled modules are kept: each worker, and each process that a test starts, imports hundreds.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    structlog.configure(processors=LOG)
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    if not named:
        config.pluginmanager.register(Meter(whole=config.option.whole))
    config.option.whole |= config.option.soak or named
    if config.option.soak:
        os.environ.setdefault("KILLS", SOAK_KILLS)
    config.stash[MACHINE] = BareMachine(Path(tempfile.mkdtemp(prefix="bare-")))
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        # Most tests open a store of their own, and would wait for a disk.
        os.environ.setdefault("TMPDIR", str(MEMORY))
        tempfile.tempdir = None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take away what the tools were laid out in."""
    if machine := config.stash.get(MACHINE, None):
        machine.remove()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out folders that run in CI alone, with all that they import."""
    return True if collection_path in IN_CI and not config.option.whole else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take what is asked for: what takes hours, or all else.

    Let one of the workers begin with what waits for others, while another one works. Whoever has
    nothing left takes over from the other's end, so that both end at the same time.
    """
    soak = config.getoption("soak")
    wanted: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        (wanted if _wanted(item, config) else others).append(item)
        if is_pure(item):
            item.add_marker(PURE)
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = wanted
    if soak:
        for item in items:
            item.add_marker(pytest.mark.timeout(3600 * SOAK_HOURS), append=False)
    if hasattr(config, "workerinput"):
        items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over all that was loaded: it stays until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Show it the tools that it asks for, and no others, and skip it where one of them is missing.

    The reason begins with the marker that asks for it.
    """
    put_on(item.config.stash[MACHINE].environment({each.name for each in item.iter_markers()}))
    for marker, missing in NEEDS.items():
        if item.get_closest_marker(marker) and (why := missing()):
            pytest.skip(f"{marker}: {why}")


def _wanted(item: pytest.Item, config: pytest.Config) -> bool:
    markers = {marker.name for marker in item.iter_markers()}
    if config.option.soak:
        return bool(markers & SOAKED)
    return "soak" not in markers and (config.option.whole or "ci" not in markers)


def _turn(item: pytest.Item) -> int:
    if item.get_closest_marker("browser") or item.get_closest_marker("kill"):
        return 0
    return 1 if item.path.parent in SLOW else 2


@pytest.fixture(scope="session", autouse=True)
def _one_root_certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let HTTP clients, and processes that are started, not load hundreds that nobody asks for."""
    roots = Path(certifi.where()).read_text("utf-8")
    file = tmp_path_factory.mktemp("roots") / "one.pem"
    file.write_text(roots[: roots.index(END) + len(END)], "utf-8")
    with patch.dict(os.environ, SSL_CERT_FILE=str(file)):
        yield


@pytest.fixture
def no_chromium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one folder of PATH, which is empty; nor is there a Chromium that Playwright got."""
    path = tmp_path / "path"
    path.mkdir()
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    return path
