"""The doctor: is each setting and each outside part fine, and if not, what is to be done?"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path

import msgspec
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from adapters.capture.pages import check_available
from adapters.scheduling.cadence import CronCadences
from bot.bootstrap.application import EVIDENCE, STORE, open_store
from bot.bootstrap.chat_platforms import SETTINGS, variables
from bot.bootstrap.chats import checkups
from bot.bootstrap.facts import open_facts
from bot.bootstrap.features import COMMAND_NAMES
from bot.bootstrap.sources import is_simulated, links, missing_credentials, open_source, try_login
from bot.bootstrap.space import space_of
from bot.cli.checkup import check_data
from bot.cli.configuration import Configuration
from bot.cli.output import PROGRAM, errors
from bot.cli.push_state import check_push
from bot.cli.start import port_trouble
from bot.core.collections import CHANNEL_BINDINGS
from bot.core.disk import sized
from bot.core.listing import Snapshot, Watch
from bot.core.monitoring import OfferSource
from bot.core.scanning import each
from bot.core.secret_files import SUFFIX, SecretOrigin, secret_names, secret_origins
from bot.core.views.lists import counted
from bot.errors import SourceError, StoreError, StoreLocked, UserError
from bot.features.watchlist.collections import WATCHES
from bot.settings import PREFIX, Settings
from checks.checklists import gather

AMAZON = f"{PREFIX}AMAZON_"
OLDEST = (3, 11)
RUNNING = "in use by a running Brandwarden"


class Diagnosis(msgspec.Struct, frozen=True):
    """What the doctor found of one thing.

    ``state``: fine, off (it is not needed, and not set up), missing or wrong.
    """

    name: str
    state: str
    says: str

    @property
    def bad(self) -> bool:
        """Tell whether something is to be done."""
        return self.state not in ("fine", "off")


async def examine(configuration: Configuration) -> AsyncIterator[Diagnosis]:
    """Look at everything, one after the other; what needs a wrong setting is left out."""
    wrong = {each.name: each.says for each in configuration.wrong}
    yield _python()
    yield _file(configuration)
    for name, says in wrong.items():
        yield Diagnosis(name, "wrong", says.removeprefix("is wrong: "))
    for finding in (*_unread(), *_secrets()):
        if finding.name not in wrong:
            yield finding
    async for finding in _parts(configuration):
        if finding.name not in wrong:
            yield finding


async def _parts(configuration: Configuration) -> AsyncIterator[Diagnosis]:
    settings = configuration.settings
    yield _own_sellers(settings)
    yield _folder(settings.data_dir)
    yield _disk(settings.data_dir)
    data, watch, channels = await _data(settings)
    yield data
    yield await _kept(settings.data_dir)
    yield _checklists(settings.checklists)
    yield await _captures(settings)
    yield _port(settings.web_port, running=data.says == RUNNING)
    if settings.page_url:
        yield _page_url(settings.page_url)
    if settings.snapshots is not None:
        yield _snapshots(settings.snapshots)
    elif any(each.name.startswith(AMAZON) for each in configuration.wrong):
        yield Diagnosis("Amazon", "missing", f"not checked: fix the {AMAZON}... settings first")
    else:
        yield await _amazon(settings, watch)
        yield Diagnosis("Notifications", *await check_push(settings))
    yield await _facts(settings)
    chats = False
    async for name, state, says in checkups(
        channels,
        named=bool(settings.members),
        offer=settings.commands,
        unusable=configuration.unusable,
    ):
        chats |= state != "off"
        yield Diagnosis(name, state, says)
    if chats and data.says == RUNNING:
        yield Diagnosis("Alert channels", "fine", f"not checked: the data is {RUNNING}")


def _python() -> Diagnosis:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < OLDEST:
        return Diagnosis("Python", "wrong", f"{version}: install 3.11 or newer")
    return Diagnosis("Python", "fine", version)


def _file(configuration: Configuration) -> Diagnosis:
    path = Path(".env").absolute()
    if path.exists():
        if _open_to_others(path):
            return Diagnosis(
                ".env",
                "wrong",
                f"others on this machine can read your secrets. Run: chmod 600 {path}",
            )
        return Diagnosis(".env", "fine", str(path))
    settings = configuration.settings
    if settings.own_sellers or configuration.wrong or not missing_credentials(settings):
        return Diagnosis(".env", "fine", "not used: the settings come from the environment")
    return Diagnosis(".env", "missing", "not found: copy .env.example to .env and edit it")


def _open_to_others(path: Path) -> bool:
    """Tell whether other users of this machine have any right to it; POSIX alone can say."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def _unread() -> Iterator[Diagnosis]:
    """Find settings that nobody reads: most of them are typing errors."""
    known = [name for part in SETTINGS for name in variables(part).values()]
    known += [f"{name}{SUFFIX}" for part in SETTINGS for name in secret_names(part)]
    given = {*EnvSettingsSource(Settings).env_vars, *DotEnvSettingsSource(Settings).env_vars}
    for name in sorted(name.upper() for name in given):
        if name.startswith(PREFIX) and name not in known:
            [*near] = get_close_matches(name, known, 1)
            hint = f": did you mean {near[0]}?" if near else "; remove it"
            yield Diagnosis(name, "wrong", f"unknown setting, ignored{hint}")


def _origins() -> Iterator[SecretOrigin]:
    """Give where each secret comes from."""
    for part in SETTINGS:
        yield from secret_origins(part)


def _secrets() -> Iterator[Diagnosis]:
    """Say where each secret comes from, and never which it is."""
    for origin in _origins():
        if origin.exposed:
            says = f"from {origin.where}, which others can read. Run: chmod 600 {origin.file}"
            yield Diagnosis(origin.name, "wrong", says)
        else:
            yield Diagnosis(origin.name, "fine", f"from {origin.where}")


def _own_sellers(settings: Settings) -> Diagnosis:
    name = f"{PREFIX}OWN_SELLERS"
    if settings.own_sellers:
        return Diagnosis(name, "fine", ", ".join(sorted(settings.own_sellers)))
    says = "set your own seller IDs; until then, your own offers cause alerts"
    return Diagnosis(name, "missing", says)


def _folder(folder: Path) -> Diagnosis:
    name = f"{PREFIX}DATA_DIR"
    there = folder.absolute()
    if there.is_dir() and _open_to_others(there):
        return Diagnosis(
            name, "wrong", f"others on this machine can read the data. Run: chmod 700 {there}"
        )
    while not there.exists():
        there = there.parent
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Diagnosis(name, "fine", str(folder.absolute()))
    return Diagnosis(name, "wrong", f"cannot write to {folder.absolute()}: choose another folder")


def _disk(folder: Path) -> Diagnosis:
    space = space_of(folder)
    if space is None:
        return Diagnosis(
            "Disk", "wrong", f"cannot tell how full the disk is: check {folder.absolute()}"
        )
    left = f"{sized(space.free)} of {sized(space.total)} left"
    if space.low:
        says = f"{left}, {sized(space.needed)} needed: free up some space, or use another disk"
        return Diagnosis("Disk", "wrong", says)
    return Diagnosis("Disk", "fine", left)


async def _data(settings: Settings) -> tuple[Diagnosis, Watch | None, dict[str, str]]:
    """Look at the data; return also a product that is watched, and where alerts go."""
    if not (settings.data_dir / STORE).exists():
        return Diagnosis("Data", "fine", "none yet; created on first start"), None, {}
    try:
        async with open_store(settings, simulated=is_simulated(settings)) as store:
            count = await store.count(WATCHES)
            first = await store.page(WATCHES, limit=1)
            rooms = [room async for room in each(store, CHANNEL_BINDINGS)]
    except StoreLocked:
        return Diagnosis("Data", "fine", RUNNING), None, {}
    except StoreError as error:
        return Diagnosis("Data", "wrong", str(error)), None, {}
    watched = Diagnosis("Data", "fine", f"{counted(count, 'product')} watched")
    return watched, next(iter(first), None), {room.chat: room.channel for room in rooms}


async def _kept(folder: Path) -> Diagnosis:
    """Look through records and evidence as ``data check`` does, also while the program runs."""
    name = "Records and evidence"
    if not (folder / STORE).exists() and not (folder / EVIDENCE).exists():
        return Diagnosis(name, "fine", "nothing yet")
    try:
        with errors.status("Checking records and evidence"):
            checkup = await check_data(folder)
    except StoreError as error:
        return Diagnosis(name, "wrong", f"could not check. {error}")
    if not checkup.wrong:
        records = counted(sum(checkup.documents.values()), "record")
        files = counted(checkup.evidence, "file")
        unnamed = counted(len(checkup.unnamed), "file")
        beside = (
            f". {unnamed} in the folder but not in any record. To see all: {PROGRAM} data check"
            if checkup.unnamed
            else ""
        )
        says = f"{records} and {files} of evidence; none is missing or changed{beside}"
        return Diagnosis(name, "fine", says)
    first, *others = checkup.wrong
    more = f" And {len(others):,} more." if others else ""
    return Diagnosis(name, "wrong", f"{first}{more} To see all: {PROGRAM} data check")


def _checklists(folder: Path | None) -> Diagnosis:
    name = f"{PREFIX}CHECKLISTS"
    gathered = gather(folder, CronCadences(), COMMAND_NAMES)
    if not gathered.left_out:
        return Diagnosis(name, "fine", f"{len(gathered.checklists)} checklists and playbooks")
    first, *others = gathered.left_out
    more = f" And {len(others)} more. To see all: {PROGRAM} checklist list" if others else ""
    return Diagnosis(name, "wrong", f"{first}{more}")


async def _captures(settings: Settings) -> Diagnosis:
    """Look whether pages can be captured; everything else works without."""
    name = "Screenshots"
    try:
        sandbox = await check_available(
            without_sandbox=settings.capture_without_sandbox, simulated=bool(links(settings).base)
        )
    except UserError as error:
        return Diagnosis(name, "off", f"alerts and reports have no screenshots of offers. {error}")
    without = "" if sandbox else ", without its sandbox"
    return Diagnosis(name, "fine", f"taken with Chromium{without}")


def _port(port: int, *, running: bool) -> Diagnosis:
    name = f"{PREFIX}WEB_PORT"
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if running:
                return Diagnosis(name, "fine", f"{port}, {RUNNING}")
            return Diagnosis(name, "wrong", port_trouble(port, error))
    return Diagnosis(name, "fine", str(port) if port else "any free port")


def _page_url(url: str) -> Diagnosis:
    return Diagnosis(f"{PREFIX}PAGE_URL", "fine", f"{url}, and no other address is answered")


def _snapshots(file: Path) -> Diagnosis:
    name = f"{PREFIX}SNAPSHOTS"
    if file.is_file() and os.access(file, os.R_OK):
        return Diagnosis(name, "fine", f"replaying {file} instead of asking Amazon")
    return Diagnosis(name, "wrong", f"cannot read {file}: choose another, or remove this setting")


async def _amazon(settings: Settings, watch: Watch | None) -> Diagnosis:
    missing = missing_credentials(settings)
    if missing:
        says = (
            f"set {', '.join(missing)} to read Amazon data (see 'Connect Amazon' in the README). "
            f"To try Brandwarden without an account: {PROGRAM} demo"
        )
        return Diagnosis("Amazon", "missing", says)
    async with open_source(settings) as source:
        try:
            return Diagnosis("Amazon", "fine", await _asked(source, settings.home, watch))
        except SourceError as error:
            return Diagnosis("Amazon", "wrong", str(error))


async def _facts(settings: Settings) -> Diagnosis:
    """Look whether Keepa takes the key, and what is left of its tokens; asking costs none."""
    name = "Keepa"
    async with open_facts(settings) as source:
        if source is None:
            says = "cases do not show who unknown sellers are. To see it, set "
            return Diagnosis(name, "off", f"{says}{PREFIX}KEEPA_KEY")
        try:
            budget = await source.check()
        except SourceError as error:
            return Diagnosis(name, "wrong", str(error))
    refill = f", {budget.refill:,} more a minute" if budget.refill is not None else ""
    return Diagnosis(name, "fine", f"the key works; {budget.tokens:,} tokens left{refill}")


async def _asked(source: OfferSource, home: str, watch: Watch | None) -> str:
    """Ask for something, and say what was answered.

    Raises:
        SourceError: nothing was.
    """
    if watch is None:
        await try_login(source, home)
        return "the login works. Next, watch a product to read its offers"
    [reading] = await source.read([watch])
    if isinstance(reading.result, Snapshot):
        return f"can read the offers on {watch.asin}"
    raise reading.result
