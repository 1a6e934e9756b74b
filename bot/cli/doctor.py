"""The doctor: is each setting and each outside part fine, and if not, what is to be done?"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import msgspec

from bot.app.collections import WATCHES
from bot.cli.house import open_store
from bot.cli.sources import missing_credentials, open_source
from bot.domain.offers import Snapshot, Watch
from bot.errors import StoreError, StoreLocked, UserError
from bot.settings import PREFIX, Settings

OLDEST = (3, 11)


class Finding(msgspec.Struct, frozen=True):
    """What the doctor found of one thing. ``state``: fine, missing, wrong or unknown."""

    name: str
    state: str
    says: str

    @property
    def bad(self) -> bool:
        """Tell whether Brandwarden cannot work like this."""
        return self.state in ("missing", "wrong")


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Look at everything, one after the other."""
    yield _python()
    yield _own_sellers(settings)
    yield _folder(settings.data_dir)
    yield _port(settings.web_port)
    store, watch = await _store(settings)
    yield store
    yield await _source(settings, watch)


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < OLDEST:
        return Finding("Python", "wrong", f"{version}: install 3.11 or newer")
    return Finding("Python", "fine", version)


def _own_sellers(settings: Settings) -> Finding:
    name = f"{PREFIX}OWN_SELLERS"
    if settings.own_sellers:
        return Finding(name, "fine", ", ".join(sorted(settings.own_sellers)))
    says = "set your own seller IDs, or you will be alerted about yourself"
    return Finding(name, "missing", says)


def _folder(folder: Path) -> Finding:
    name = f"{PREFIX}DATA_DIR"
    there = folder if folder.exists() else folder.absolute().parent
    if there.is_dir() and os.access(there, os.W_OK):
        return Finding(name, "fine", str(folder.absolute()))
    return Finding(name, "wrong", f"cannot write to {folder.absolute()}: choose another folder")


def _port(port: int) -> Finding:
    name = f"{PREFIX}WEB_PORT"
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            says = f"{port} is taken, perhaps by a running Brandwarden: stop it, or choose another"
            return Finding(name, "wrong", says)
    return Finding(name, "fine", str(port))


async def _store(settings: Settings) -> tuple[Finding, Watch | None]:
    if not (settings.data_dir / "store").exists():
        return Finding("Data", "fine", "nothing yet: it is made at the first start"), None
    try:
        async with open_store(settings, simulated=settings.snapshots is not None) as store:
            count = await store.count(WATCHES)
            first = await store.page(WATCHES, limit=1)
    except StoreLocked:
        return Finding("Data", "fine", "in use by a running Brandwarden"), None
    except StoreError as error:
        return Finding("Data", "wrong", str(error)), None
    return Finding("Data", "fine", f"{count:,} products watched"), first[0] if first else None


async def _source(settings: Settings, watch: Watch | None) -> Finding:
    name = "Amazon" if settings.snapshots is None else f"{PREFIX}SNAPSHOTS"
    missing = missing_credentials(settings) if settings.snapshots is None else []
    if missing:
        says = f"set {', '.join(missing)} (README, 'Connect Amazon'), or try make demo"
        return Finding(name, "missing", says)
    try:
        async with open_source(settings) as source:
            if watch is None:
                says = "set; it is asked once a product is watched (try: python -m bot check ASIN)"
                return Finding(name, "unknown", says)
            [reading] = await source.read([watch])
    except (UserError, OSError) as error:
        return Finding(name, "wrong", str(error))
    if isinstance(reading.result, Snapshot):
        return Finding(name, "fine", f"told the offers of {watch.asin}")
    return Finding(name, "wrong", str(reading.result))
