"""The commands that look after the data: check, backup, restore, repair."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from adapters.capture.custody import CUSTODY, DELETED, CustodyLog
from adapters.capture.files import FileEvidence
from adapters.storage.codec import encode
from adapters.storage.tables import LogDB
from adapters.storage.tinydb import FILE
from bot.bootstrap.application import EVIDENCE, STORE, open_store
from bot.core.clocks import utc_now
from bot.core.collections import (
    COUNTERS,
    DEPLOYMENTS,
    PAGE_ACCOUNTS,
    PAGE_SESSIONS,
    THIS,
    Counter,
    Deployment,
)
from bot.core.page_accounts import add_account, give_link, invited
from bot.core.page_links import PageLinks
from bot.core.page_sessions import PageSessions
from bot.core.permissions import Person, Role
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import Entry
from bot.features.evidence.collections import VAULT_ANCHORS
from bot.features.evidence.models.custody import VaultAnchor
from bot.settings import Settings
from tests.unit.cli.busy_store import MOMENT, entry
from tests.unit.cli.conftest import Cli, use

ROOT = Path(__file__).parents[3]
FACTS = {"at": MOMENT.isoformat()}


AS_WRITTEN, ANEW = "as written", "written anew"


@pytest.fixture(params=[AS_WRITTEN, ANEW])
def data(folder: Path, request: pytest.FixtureRequest) -> Path:
    """Data with two entries that name evidence, and a deployment."""
    data = folder / "data"
    asyncio.run(fill(data, 1, 2))
    if request.param == ANEW:
        asyncio.run(write_anew(data))
    return data


async def write_anew(data: Path) -> None:
    """Have the entries packed."""
    with LogDB(data / STORE / FILE, packed=[ENTRIES.name]) as db:
        await db.compact()


async def fill(data: Path, *places: int) -> None:
    vault = FileEvidence(data / EVIDENCE)
    async with open_store(Settings(data_dir=data), simulated=False) as store:
        for place in places:
            digest = await vault.keep(b"answer %d" % place, FACTS)
            async with store.transaction() as tx:
                tx.put(ENTRIES, entry(place, digest))
                tx.put(COUNTERS, Counter("entries", place))


def entries(data: Path) -> list[Entry]:
    async def read() -> list[Entry]:
        async with open_store(Settings(data_dir=data), simulated=False) as store:
            return await store.page(ENTRIES, limit=10**6)

    return asyncio.run(read())


def deployment(data: Path) -> Deployment:
    async def read() -> Deployment | None:
        async with open_store(Settings(data_dir=data), simulated=False) as store:
            return await store.get(DEPLOYMENTS, THIS)

    found = asyncio.run(read())
    assert found is not None
    return found


def damage(data: Path, change: Callable[[bytes], bytes]) -> None:
    log = data / STORE / FILE
    log.write_bytes(change(log.read_bytes()))


def set_aside(data: Path) -> None:
    """Have a document that no version reads."""
    with LogDB(data / STORE / FILE) as db, db.atomic():
        db.documents.change("counters", "bad", encode({"name": "bad", "value": "many"}))
        db.documents.change("schema", "this", None)
    deployment(data)


def test_sound_data_is_in_order(cli: Cli, data: Path) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    result = cli("data", "check")
    assert result.exit_code == 0
    assert "entries: 2" in result.output
    assert "Evidence: 2 files" in result.output
    assert "No problems found." in result.output
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("in_use")
def test_data_in_use_is_checked_too(cli: Cli) -> None:
    assert cli("data", "check").exit_code == 0


def test_check_prints_json(cli: Cli, data: Path) -> None:
    told = json.loads(cli("data", "check", "--json").stdout)
    assert told["documents"]["entries"] == 2
    assert told["wrong"] == []


def test_check_says_what_is_missing_and_what_was_changed(cli: Cli, data: Path) -> None:
    vault = FileEvidence(data / EVIDENCE)
    first, second = (each.evidence for each in entries(data))
    vault.locate(first).unlink()
    vault.locate(second).write_bytes(b"forged")
    result = cli("data", "check")
    assert result.exit_code == 1
    assert f"File {first} is missing." in result.output
    assert f"File {second} was changed after it was saved." in result.output
    assert f"Evidence {first} of entries C-1-000001 is missing." in result.output


def test_check_tells_an_end_that_was_cut_off_and_files_that_no_entry_names(
    cli: Cli, data: Path
) -> None:
    vault = FileEvidence(data / EVIDENCE)
    digest = asyncio.run(vault.keep(b"the last", FACTS))
    head = asyncio.run(vault.head())

    async def anchor() -> None:
        async with (
            open_store(Settings(data_dir=data), simulated=False) as store,
            store.transaction() as tx,
        ):
            tx.put(VAULT_ANCHORS, VaultAnchor(head=head))

    asyncio.run(anchor())
    assert cli("data", "check").exit_code == 0
    custody = data / EVIDENCE / "custody.jsonl"
    custody.write_bytes(b"".join(custody.read_bytes().splitlines(keepends=True)[:-1]))
    result = cli("data", "check")
    assert result.exit_code == 1
    assert f"but it once had {head.number}: its end was cut off." in result.output
    assert "Evidence files missing from the custody log: 1." in result.output
    assert digest in result.output
    assert json.loads(cli("data", "check", "--json").stdout)["unnamed"] == [digest]


def test_what_was_deleted_on_purpose_is_in_order(cli: Cli, data: Path) -> None:
    vault = FileEvidence(data / EVIDENCE)
    asyncio.run(vault.forget(entries(data)[0].evidence, FACTS))
    assert cli("data", "check").exit_code == 0


def test_check_lists_what_was_set_aside(cli: Cli, data: Path) -> None:
    set_aside(data)
    result = cli("data", "check")
    assert result.exit_code == 1
    assert "Record 'bad' in 'counters' was set aside" in result.output


@pytest.mark.parametrize("command", [("data", "check"), ("data", "backup", "b")])
def test_damaged_data_is_said_to_be_so_with_the_way_out(
    cli: Cli, data: Path, command: tuple[str, ...]
) -> None:
    damage(data, lambda log: log[: len(log) // 2])
    result = cli(*command)
    assert result.exit_code == 1
    assert "python -m bot data repair" in result.output


@pytest.mark.parametrize(
    "command", [("data", "check"), ("data", "backup", "b"), ("data", "repair")]
)
def test_where_no_data_is_it_is_said(cli: Cli, command: tuple[str, ...]) -> None:
    result = cli(*command)
    assert result.exit_code == 1
    assert "There is no data in" in result.output


@pytest.mark.parametrize("data", [ANEW], indirect=True)
def test_repair_names_the_ends_of_a_pack_that_is_lost(cli: Cli, data: Path) -> None:
    damage(data, lambda log: log.replace(b'"documents":"', b'"documents":"A'))
    assert cli("data", "check").exit_code == 1
    assert "entries C-1-000001 to C-1-000002" in cli("data", "repair").output
    assert entries(data) == []


@pytest.mark.parametrize("data", [AS_WRITTEN], indirect=True)
def test_repair_saves_what_is_whole_and_names_what_is_lost(cli: Cli, data: Path) -> None:
    epoch = deployment(data).epoch
    damage(data, lambda log: log.replace(b'"place":1,', b'"place":7,'))
    assert cli("data", "check").exit_code == 1
    result = cli("data", "repair")
    assert result.exit_code == 1
    assert "Lost line" in result.output
    assert "entries C-1-000001" in result.output
    assert "brandwarden.damaged" in result.output
    assert [each.place for each in entries(data)] == [2]
    assert deployment(data).epoch != epoch
    assert "Nothing was lost." in cli("data", "repair").output


def test_repair_loses_nothing_to_another_systems_line_breaks(cli: Cli, data: Path) -> None:
    epoch = deployment(data).epoch
    damage(data, lambda log: log.replace(b"\n", b"\r\n"))
    result = cli("data", "repair")
    assert (result.exit_code, "Nothing was lost." in result.output) == (0, True)
    assert len(entries(data)) == 2
    assert deployment(data).epoch == epoch


@pytest.mark.usefixtures("in_use")
def test_data_in_use_is_not_repaired_or_replaced(cli: Cli, folder: Path) -> None:
    assert "Another process" in cli("data", "repair").output
    assert cli("data", "backup", folder / "b").exit_code == 0
    assert "Another process" in cli("data", "restore", folder / "b", "--replace").output


def test_a_backup_is_restored_with_a_new_epoch(
    cli: Cli, data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = cli("data", "backup", "b")
    assert result.exit_code == 0
    assert "2 new files." in result.output
    use(monkeypatch, data_dir=str(folder / "second"))
    result = cli("data", "restore", "b")
    assert (result.exit_code, "No problems found." in result.output) == (0, True)
    assert entries(folder / "second") == entries(data)
    before, after = deployment(data), deployment(folder / "second")
    assert after == msgspec.structs.replace(before, epoch=after.epoch)
    assert before.epoch != after.epoch
    assert {path.name for path in (folder / "second").iterdir()} == {STORE, EVIDENCE}


def test_a_second_backup_takes_what_is_new_and_drops_what_was_deleted(cli: Cli, data: Path) -> None:
    cli("data", "backup", "b")
    first = entries(data)[0].evidence
    asyncio.run(FileEvidence(data / EVIDENCE).forget(first, FACTS))
    asyncio.run(fill(data, 3))
    result = cli("data", "backup", "b")
    assert "1 new file." in result.output
    assert not FileEvidence(Path("b") / EVIDENCE).locate(first).exists()
    assert {path.name for path in Path("b").iterdir()} == {STORE, EVIDENCE, "backup.json"}


def test_a_backup_of_what_is_not_in_order_is_made_and_says_so(cli: Cli, data: Path) -> None:
    first = entries(data)[0].evidence
    FileEvidence(data / EVIDENCE).locate(first).unlink()
    result = cli("data", "backup", "b")
    assert result.exit_code == 1
    assert f"File {first} is missing." in result.output
    assert (Path("b") / "backup.json").exists()


def test_an_entry_that_names_a_file_elsewhere_touches_nothing_there(
    cli: Cli, data: Path, folder: Path
) -> None:
    letter = folder / "letter.txt"
    letter.write_text("Dear all", encoding="utf-8")
    CustodyLog(data / EVIDENCE).enter(str(letter), {**FACTS, DELETED: "yes"})
    number = len((data / EVIDENCE / CUSTODY).read_bytes().splitlines())
    result = cli("data", "backup", "b")
    assert f"Entry {number} was changed after it was made." in result.output
    assert result.exit_code == 1
    assert letter.exists()


def test_nothing_is_overwritten_unless_asked_and_then_kept_beside(cli: Cli, data: Path) -> None:
    cli("data", "backup", "b")
    asyncio.run(fill(data, 3))
    result = cli("data", "restore", "b")
    assert (result.exit_code, "--replace" in result.output) == (1, True)
    assert len(entries(data)) == 3
    assert cli("data", "restore", "b", "--replace").exit_code == 0
    assert len(entries(data)) == 2
    [kept] = data.glob("store-before-*")
    assert (kept / FILE).exists()


def test_a_backup_is_not_made_among_other_files_or_in_the_data(cli: Cli, data: Path) -> None:
    Path("b").mkdir()
    (Path("b") / "letter.txt").touch()
    assert "has other files in it" in cli("data", "backup", "b").output
    assert "is inside the data folder" in cli("data", "backup", data / "b").output
    assert "not a backup" in cli("data", "restore", "b", "--replace").output


def test_a_restored_backup_lets_nobody_into_the_page(cli: Cli, data: Path, folder: Path) -> None:
    async def begin() -> None:
        async with open_store(Settings(data_dir=data), simulated=False) as store:
            links = PageLinks()
            links.allow("token")
            sessions = PageSessions(store, utc_now, links)
            assert await sessions.begin("token", Person("you", "You"), Role.ADMIN)
            async with store.transaction() as tx:
                account = await add_account(tx, "Ben", Role.MEMBER, utc_now())
                tokens.append(give_link(tx, account, utc_now()))

    async def is_invited() -> bool:
        async with open_store(Settings(data_dir=data), simulated=False) as store:
            assert await store.count(PAGE_ACCOUNTS) == 1
            return await invited(store, tokens[0], utc_now()) is not None

    tokens: list[str] = []

    async def count() -> int:
        async with open_store(Settings(data_dir=data), simulated=False) as store:
            return await store.count(PAGE_SESSIONS)

    asyncio.run(begin())
    assert cli("data", "backup", folder / "backup").exit_code == 0
    assert (asyncio.run(count()), asyncio.run(is_invited())) == (1, True)
    assert cli("data", "restore", folder / "backup", "--replace").exit_code == 0
    assert (asyncio.run(count()), asyncio.run(is_invited())) == (0, False)


def test_a_damaged_backup_is_not_restored(
    cli: Cli, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("data", "backup", "b")
    damage(Path("b"), lambda log: log[: log.rindex(b"\n", 0, -1) + 1])
    use(monkeypatch, data_dir="second")
    result = cli("data", "restore", "b")
    assert (result.exit_code, "does not match" in result.output) == (1, True)
    assert not (Path("second") / STORE).exists()
    assert len(entries(data)) == 2


class Busy:
    """A process that writes all the time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.compactions = 0

    def acknowledged(self) -> int:
        """Return the number of the next entry that it says was written."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.compactions += "log compacted" in line
            if line.strip().isdecimal():
                return int(line)
        pytest.fail("The writer ended.")


@contextmanager
def busy(data: Path) -> Iterator[Busy]:
    command = [sys.executable, "-m", "tests.unit.cli.busy_store", str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Busy(process)
        finally:
            process.kill()


@pytest.mark.ci
def test_a_backup_under_load_holds_all_that_was_acknowledged_before_it(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = folder / "data"
    with busy(data) as writer:
        for turn in range(5):
            known = max(writer.acknowledged() for _ in range(8))
            result = cli("data", "backup", "b")
            assert result.exit_code == 0, result.output
            copy = folder / f"copy-{turn}"
            use(monkeypatch, data_dir=str(copy))
            assert cli("data", "restore", "b").exit_code == 0
            assert cli("data", "check").exit_code == 0
            use(monkeypatch, data_dir=str(data))
            there = entries(copy)
            assert [each.place for each in there] == list(range(1, len(there) + 1))
            assert len(there) >= known
            vault = FileEvidence(copy / EVIDENCE)
            assert {vault.locate(each.evidence).exists() for each in there} == {True}
        assert writer.compactions > 5
