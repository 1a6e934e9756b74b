"""``audit export``: the record as a table and as JSON, also beside the running program."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from anyio.from_thread import BlockingPortal

from bot.bootstrap.application import Application, open_application, open_store
from bot.cli.control import controlled
from bot.core.audit.entries import COLUMNS, AuditEntry, FieldChange, How, key_at
from bot.core.collections import AUDIT
from bot.core.links import Links
from bot.settings import Settings
from tests.fakes import START, FakeSource
from tests.unit.cli.conftest import Cli

TABLE = "asin\r\nB0WALNUTBL\r\n"


def entry(day: int, name: str = "Ana") -> AuditEntry:
    return AuditEntry(
        key=key_at(START + timedelta(days=day), "000001"),
        who="U012",
        name=name,
        role="admin",
        chat="slack",
        channel="C012",
        how=How.COMMAND,
        act="settings",
        written=("teams team",),
        changes=(FieldChange("teams team", "digest_hour", "9", "8"),),
        hashes={"text": "ab" * 16},
    )


def keep(*entries: AuditEntry) -> None:
    async def put() -> None:
        async with open_store(Settings(), simulated=False) as store, store.transaction() as tx:
            for each in entries:
                tx.put(AUDIT, each)

    asyncio.run(put())


def rows(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode(), newline="")))


def test_the_record_comes_out_as_a_table_without_formulas(cli: Cli) -> None:
    keep(entry(0, name="=cmd()"))
    said = cli("audit", "export")
    assert said.exit_code == 0
    header, line = rows(said.stdout_bytes)
    assert header == list(COLUMNS)
    cells = dict(zip(header, line, strict=True))
    assert cells["at"] == "2026-11-23T10:00:00+00:00"
    assert cells["name"] == "'=cmd()"
    assert (cells["act"], cells["result"]) == ("settings", "done")
    assert cells["changes"] == "teams team digest_hour: 9 → 8"
    assert cells["texts"] == "text"
    assert "abab" not in said.stdout


def test_a_line_each_for_machines(cli: Cli) -> None:
    keep(*(entry(day) for day in range(250)))
    lines = cli("audit", "export", "--json").stdout.splitlines()
    assert len(lines) == 250
    assert json.loads(lines[0])["who"] == "U012"


def test_it_begins_with_the_day_that_is_asked_for(cli: Cli) -> None:
    keep(entry(0), entry(1), entry(2))
    said = rows(cli("audit", "export", "--since", "2026-11-24").stdout_bytes)
    assert [line[0][:10] for line in said[1:]] == ["2026-11-24", "2026-11-25"]
    assert cli("audit", "export", "--since", "yesterday").exit_code == 2


def test_nothing_recorded(cli: Cli) -> None:
    assert rows(cli("audit", "export").stdout_bytes) == [list(COLUMNS)]


def test_the_running_program_is_asked(cli: Cli, folder: Path, portal: BlockingPortal) -> None:
    @asynccontextmanager
    async def answering() -> AsyncIterator[Application]:
        async with (
            open_application(Settings(), FakeSource(), Links(), {}) as application,
            controlled(application, Settings()),
        ):
            yield application

    file = folder / "watches.csv"
    file.write_text(TABLE)
    with portal.wrap_async_context_manager(answering()):
        assert cli("watch", "import", file).exit_code == 0
        _, line = rows(cli("audit", "export").stdout_bytes)
    assert "watch import" in line


def test_what_the_command_line_changes_is_in_it(cli: Cli, folder: Path) -> None:
    file = folder / "watches.csv"
    file.write_text(TABLE)
    for _ in range(2):
        assert cli("watch", "import", file).exit_code == 0
    header, *lines = rows(cli("audit", "export").stdout_bytes)
    [cells] = [dict(zip(header, line, strict=True)) for line in lines]
    assert (cells["who"], cells["name"], cells["how"]) == ("", "command line", "program")
    assert (cells["act"], cells["documents"]) == ("watch import", "watches US-B0WALNUTBL")


def test_a_restore_is_in_it(cli: Cli, folder: Path) -> None:
    keep(entry(0))
    cli("data", "backup", folder / "backup")
    assert cli("data", "restore", folder / "backup", "--replace").exit_code == 0
    header, _, line = rows(cli("audit", "export").stdout_bytes)
    cells = dict(zip(header, line, strict=True))
    assert (cells["name"], cells["act"]) == ("command line", "data restore")
