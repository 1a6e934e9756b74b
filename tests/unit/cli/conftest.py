"""The command line in this process: in an empty folder, with no settings but the test's."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import stamina
import structlog
from anyio.from_thread import BlockingPortal, start_blocking_portal
from typer.testing import CliRunner, Result

from adapters.simulator import Credentials, Marketplace, SettableClock, demo_scenario
from bot.__main__ import app
from bot.bootstrap.application import open_store
from bot.settings import PREFIX, Settings

Cli = Callable[..., Result]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder without settings."""
    for name in os.environ:
        if name.upper().startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setenv(f"{PREFIX}WEB_PORT", "0")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _umask_as_before() -> Iterator[None]:
    """Undo what a command does to the rights of new files."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """Undo what a command does to the log: it writes to a stream that ends with the command."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    processors = structlog.get_config()["processors"]
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.configure(processors=processors)
    stamina.instrumentation.set_on_retry_hooks(None)


@pytest.fixture
def cli() -> Cli:
    """Run a command; whatever it does not tell in a sentence fails the test."""

    def run(*words: str | Path) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)

    return run


def use(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    """Set settings by their names without the prefix."""
    for name, value in settings.items():
        monkeypatch.setenv(PREFIX + name.upper(), value)


@pytest.fixture
def portal() -> Iterator[BlockingPortal]:
    """An event loop beside the command's own, for what goes on at the same time."""
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture
def market(portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Marketplace]:
    """The demo's world at its beginning, and settings that lead to it."""
    known = Credentials()
    closed = Marketplace(demo_scenario(), clock=SettableClock(), quota_scale=None)
    with portal.wrap_async_context_manager(closed) as market:
        use(
            monkeypatch,
            amazon_endpoint=market.base_url,
            amazon_login_url=f"{market.base_url}/auth/o2/token",
            amazon_client_id=known.client_id,
            amazon_client_secret=known.client_secret,
            amazon_refresh_token=known.refresh_token,
        )
        # One try: the pauses between several are as long as Amazon's quota wants.
        with stamina.set_testing(True, attempts=1):
            yield market


@pytest.fixture
def in_use(portal: BlockingPortal) -> Iterator[None]:
    """The data is open elsewhere."""
    with portal.wrap_async_context_manager(open_store(Settings(), simulated=False)):
        yield
