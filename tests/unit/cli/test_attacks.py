"""``attacks export``: what was logged, as a table and as JSON."""

from __future__ import annotations

import asyncio
import csv
import io
import json

import msgspec
import pytest

from bot.bootstrap.application import open_store
from bot.cli.control import AT_ONCE, LIST_ATTACKS, AttacksRequest, operations
from bot.core.labeled import AttackKind
from bot.core.permissions import Person
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack, SourceKind
from bot.features.attacks.rules.table import COLUMNS
from bot.settings import Settings
from tests.unit.cli.conftest import Cli
from tests.unit.features.attacks.worlds import NOW

LOGGED = Attack(
    number=3,
    kind=AttackKind.PHISHING,
    source_kind=SourceKind.ADDRESS,
    source="=cmd@phish.example",
    began_at=NOW,
    marketplace="US",
    asins=("B0ALDER001",),
    case=1,
    logged_by=Person("ana", "Ana"),
    logged_at=NOW,
)


def keep(*attacks: Attack) -> None:
    async def put() -> None:
        async with open_store(Settings(), simulated=False) as store, store.transaction() as tx:
            for attack in attacks:
                tx.put(ATTACKS, attack)

    asyncio.run(put())


def test_attacks_come_out_as_a_table(cli: Cli) -> None:
    keep(LOGGED)
    said = cli("attacks", "export")
    assert said.exit_code == 0
    header, line = csv.reader(io.StringIO(said.stdout_bytes.decode(), newline=""))
    assert header == list(COLUMNS)
    assert line == [
        "A-3",
        "2026-11-25T12:00:00+00:00",
        "no",
        "phishing",
        "'=cmd@phish.example",
        "B0ALDER001",
        "yes",
    ]


def test_attacks_come_out_for_machines(cli: Cli) -> None:
    keep(LOGGED)
    [incident] = json.loads(cli("attacks", "export", "--json").stdout)
    assert (incident["ref"], incident["source"]) == ("A-3", "=cmd@phish.example")


def test_many_attacks_come_out_in_pages(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.control.AT_ONCE", 2)
    keep(*(msgspec.structs.replace(LOGGED, number=number, case=number) for number in range(1, 6)))
    told = json.loads(cli("attacks", "export", "--json").stdout)
    assert sorted(each["ref"] for each in told) == ["A-1", "A-2", "A-3", "A-4", "A-5"]


def test_nothing_to_export(cli: Cli) -> None:
    assert cli("attacks", "export").stdout_bytes == f"{','.join(COLUMNS)}\r\n".encode()
    assert json.loads(cli("attacks", "export", "--json").stdout) == []


def test_each_of_two_exports_at_once_has_all_attacks() -> None:
    keep(*(msgspec.structs.replace(LOGGED, number=number) for number in range(1, AT_ONCE + 50)))

    async def export() -> list[list[str]]:
        async with open_store(Settings(), simulated=False) as store:
            answers = operations(store, "US")
            question, found = [AttacksRequest()] * 2, [list[str]() for _ in range(2)]
            for _ in range(3):
                for who in range(2):
                    page = (await answers.ask(LIST_ATTACKS, question[who])).attacks
                    found[who] += [each.ref for each in page]
                    if page:
                        question[who] = AttacksRequest(page[-1].at, page[-1].ref)
            return found

    for refs in asyncio.run(export()):
        assert sorted(refs) == sorted(f"A-{number}" for number in range(1, AT_ONCE + 50))
