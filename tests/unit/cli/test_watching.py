"""``watch import`` and ``watch export``: whole files, good and bad, into the store and out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal
from rich.progress import Progress

from adapters.control.client import running
from adapters.control.operations import SOCKET
from adapters.storage.tinydb import FILE
from bot.bootstrap.application import Application, open_application
from bot.cli.control import ADD_WATCHES, AT_ONCE, Table, controlled
from bot.cli.watching import LARGEST
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.text import plain
from bot.core.when import rough
from bot.errors import UserError
from bot.features.watchlist.collections import STATUSES, WATCHES
from bot.settings import PREFIX, Settings
from checks.planner import documented_rounds
from tests.fakes import START, FakeSource
from tests.unit.cli.conftest import Cli

TABLE = "asin,marketplace,floor,sku,daily_units,title,conditions\r\n"
WALNUT = "B0WALNUTBL,US,24.99,WAL-1,14,Walnut block,\r\n"


def write(folder: Path, content: str | bytes) -> Path:
    file = folder / "watches.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_in_and_out_again(cli: Cli, folder: Path) -> None:
    said = cli("watch", "import", write(folder, TABLE + WALNUT))
    assert said.exit_code == 0
    assert said.stdout == "Imported 1 product: 1 new, 0 updated.\n"
    assert said.stderr == ""
    assert cli("watch", "export").stdout_bytes == (TABLE + WALNUT).encode()
    [watch] = json.loads(cli("watch", "export", "--json").stdout)
    assert watch["asin"] == "B0WALNUTBL"
    assert watch["added_by"] == "import"


def test_nothing_to_export(cli: Cli) -> None:
    assert cli("watch", "export").stdout_bytes == TABLE.encode()
    assert json.loads(cli("watch", "export", "--json").stdout) == []


def test_wrong_lines_are_told_and_the_rest_is_taken(cli: Cli, folder: Path) -> None:
    file = write(
        folder,
        TABLE
        + 'B0ALDER001,US,,,,"two\r\nlines"\r\n'  # 2 and 3
        + "nonsense\r\n"  # 4
        + WALNUT
        + WALNUT,  # 5 and 6
    )
    said = cli("watch", "import", file)
    assert said.exit_code == 1
    assert (
        said.stdout == "Imported 2 products: 2 new, 0 updated.\n2 lines not imported: see above.\n"
    )
    first, second = said.stderr.splitlines()
    assert first.startswith("Line 4 (asin): 'NONSENSE' is not an ASIN")
    assert second == "Line 6 (asin): B0WALNUTBL is in the table twice for US."


def test_a_floor_in_another_currency_or_of_two_amounts_is_told_and_not_guessed(
    cli: Cli, folder: Path
) -> None:
    rows = (
        *("B0WALNUT00,US,€20", "B0WALNUT01,DE,£15", "B0WALNUT02,US,¥1500", "B0WALNUT03,US,24.999"),
        *(
            'B0WALNUT04,PL,"1\u00a0299,00 zł"',
            'B0WALNUT05,IN,"₹1,23,456.00"',
            "B0WALNUT06,JP,￥1980",
        ),
    )
    table = "\r\n".join(("asin,marketplace,floor", *rows))
    said = cli("watch", "import", write(folder, table))
    assert said.exit_code == 1
    assert said.stderr.splitlines() == [
        "Line 2 (floor): '€20' is in euros; amazon.com sells in USD. Write the price in USD.",
        "Line 3 (floor): '£15' is in pounds; amazon.de sells in EUR. Write the price in EUR.",
        "Line 4 (floor): '¥1500' is in yen; amazon.com sells in USD. Write the price in USD.",
        "Line 5 (floor): Does '24.999' mean about 24, or 24 thousand? Write 24.99 or 24,999.00.",
    ]
    assert [watch["floor"] for watch in json.loads(cli("watch", "export", "--json").stdout)] == [
        ["123456.00", "INR"],
        ["1980", "JPY"],
        ["1299.00", "PLN"],
    ]


def test_products_are_read_from_what_people_paste_into_a_table(cli: Cli, folder: Path) -> None:
    cells = (
        "\u200eB0WALNUT00",
        "https://www.amazon.de/dp/%E2%80%8EB0WALNUT01",
        "https://www.amazon.it/Tagliere/dp/product/B0WALNUT02/ref=x?smid=A3STRANGER0003&psc=1",
        "http://amzn.com/B0WALNUT03",
        "https://amzn.eu/d/3abcDEF",
        "306406152",
        "9.78E+12",
    )
    said = cli("watch", "import", write(folder, "\r\n".join(("asin", *cells))))
    assert [line.partition(":")[0] for line in said.stderr.splitlines()] == [
        *("Line 6 (asin)", "Line 7 (asin)", "Line 8 (asin)")
    ]
    watches = json.loads(cli("watch", "export", "--json").stdout)
    assert {(watch["asin"], watch["marketplace"]) for watch in watches} == {
        *(("B0WALNUT00", "US"), ("B0WALNUT01", "DE"), ("B0WALNUT02", "IT"), ("B0WALNUT03", "US"))
    }


def test_new_products_are_told_from_those_that_were_known(cli: Cli, folder: Path) -> None:
    cli("watch", "import", write(folder, "asin,floor\nB0AAAAAAA1,10\nB0BBBBBBB2,10\n"))
    again = "asin,floor\nB0AAAAAAA1,10\nB0BBBBBBB2,12\nB0CCCCCCC3,10\n"
    said = cli("watch", "import", write(folder, again))
    assert said.stdout == "Imported 3 products: 1 new, 1 updated, 1 unchanged.\n"


def test_an_sku_that_belongs_to_another_product_costs_its_line(cli: Cli, folder: Path) -> None:
    said = cli("watch", "import", write(folder, "asin,sku\nB0AAAAAAA1,OAK-1\nB0BBBBBBB2,OAK-1\n"))
    assert said.exit_code == 1
    assert said.stdout == "Imported 1 product: 1 new, 0 updated.\n1 line not imported: see above.\n"
    why = (
        "The SKU OAK-1 belongs to B0AAAAAAA1 on amazon.com, and a SKU can have only one "
        "ASIN. Check for a typo, or remove it from that product first.\n"
    )
    assert said.stderr == f"Line 3 (sku): {why}"
    # What is watched already owns its SKU, too; another marketplace has SKUs of its own.
    more = "asin,marketplace,sku\nB0BBBBBBB2,US,OAK-1\nB0BBBBBBB2,DE,OAK-1\nB0AAAAAAA1,US,OAK-1\n"
    again = cli("watch", "import", write(folder, more))
    assert again.stderr == f"Line 2 (sku): {why}"
    assert again.stdout == (
        "Imported 2 products: 1 new, 0 updated, 1 unchanged.\n1 line not imported: see above.\n"
    )


def test_skus_may_change_places_where_the_table_frees_them_first(cli: Cli, folder: Path) -> None:
    cli("watch", "import", write(folder, "asin,sku\nB0AAAAAAA1,OAK-1\nB0BBBBBBB2,OAK-2\n"))
    said = cli("watch", "import", write(folder, "asin,sku\nB0AAAAAAA1,OAK-3\nB0BBBBBBB2,OAK-1\n"))
    assert (said.exit_code, said.stderr) == (0, "")
    assert "B0BBBBBBB2,US,,OAK-1,," in cli("watch", "export").stdout


def test_how_columns_of_other_names_were_understood_is_told(cli: Cli, folder: Path) -> None:
    table = "ASIN\tSKU\tSellingVenue\tMAP\tBuy Box\nB0WALNUTBL\tWAL-1\tAmazonDE\t39.95\tyes\n"
    said = cli("watch", "import", write(folder, table))
    assert said.exit_code == 0
    assert said.stderr == (
        "Ignored columns: Buy Box\nColumns read: SellingVenue as marketplace, MAP as floor\n"
    )
    assert "B0WALNUTBL,DE,39.95,WAL-1,," in cli("watch", "export").stdout


def test_two_columns_that_contradict_each_other_change_nothing(cli: Cli, folder: Path) -> None:
    said = cli("watch", "import", write(folder, "asin,floor,floor\nB0WALNUTBL,10,11\n"))
    assert said.exit_code == 1
    assert said.stderr.startswith("Two columns both mean floor and differ")
    assert not (folder / "data").exists()


def test_what_the_quota_makes_of_a_round_is_told_before_the_import(cli: Cli, folder: Path) -> None:
    lines = [f"B0{number:08},DE,,," for number in range(1_300)]
    lines += [f"B1{number:08},US,,K-{number},," for number in range(1_300)]
    said = cli("watch", "import", write(folder, "\r\n".join([TABLE.strip(), *lines])))
    assert said.exit_code == 0
    [warning] = said.stderr.splitlines()
    assert warning == (
        "Amazon's quota allows checking each product without your own SKU in region eu about "
        "every 11 min. Add your own SKUs (column sku) to check five times faster."
    )


def test_a_round_that_is_longer_than_the_time_that_was_set_is_told_with_it(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}CHECK_EVERY", "PT1M")
    lines = [f"B0{number:08},DE,,," for number in range(240)]
    said = cli("watch", "import", write(folder, "\r\n".join([TABLE.strip(), *lines])))
    assert "about every 2 min, not every 1 min." in said.stderr


@pytest.mark.parametrize(("products", "words"), [(10_000, "84 min"), (100_000, "14 h")])
def test_a_round_of_many_products_takes_what_the_quota_makes_of_it(
    products: int, words: str
) -> None:
    watch = Watch(asin="B0ALDER001", marketplace="DE", added_at=START)
    [took] = documented_rounds([watch] * products).values()
    assert rough(took) == words


def test_for_machines(cli: Cli, folder: Path) -> None:
    said = cli("watch", "import", write(folder, "asin,colour\nB0WALNUTBL,red\nx,\n"), "--json")
    assert said.exit_code == 1
    assert said.stderr == ""
    assert json.loads(said.stdout) == {
        "imported": 1,
        "new": 1,
        "updated": 0,
        "problems": [
            {
                "line": 3,
                "why": "'X' is not an ASIN: an ASIN has 10 characters, like B0EXAMPLE1.",
                "column": "asin",
            }
        ],
        "left_out": 1,
        "ignored": ["colour"],
        "renamed": [],
    }


def test_columns_that_are_not_used_are_told(cli: Cli, folder: Path) -> None:
    said = cli("watch", "import", write(folder, "asin,[b]price\nB0WALNUTBL,5\n"))
    assert said.exit_code == 0
    assert said.stderr == "Ignored columns: [b]price\n"


def test_text_from_a_table_does_not_steer_the_terminal(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steering = "\x1b]0;owned\x07\x9b2J"
    file = write(folder, f"asin,{steering},title\nB0WALNUTBL,,Pan {steering}\nx{steering},,\n")
    said = cli("watch", "import", file)
    assert not {"\x1b", "\x07", "\x9b"} & set(said.output)
    in_a_file = cli("watch", "export").stdout
    assert f"Pan {steering}" in in_a_file
    in_json = cli("watch", "export", "--json").stdout
    assert "\x9b" not in in_json
    assert json.loads(in_json)[0]["title"] == f"Pan {steering}"
    monkeypatch.setattr("typer.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    shown = cli("watch", "export").stdout
    assert plain(shown.replace("\r\n", "\n")) == shown


def test_many_wrong_lines_are_counted(cli: Cli, folder: Path) -> None:
    said = cli("watch", "import", write(folder, "asin\n" + "nonsense\n" * 1021))
    assert said.stderr.splitlines()[-1] == "And 1,001 more lines like these; --json lists more."
    assert len(said.stderr.splitlines()) == 21


def test_what_a_line_leaves_empty_stays_as_it_was(cli: Cli, folder: Path) -> None:
    cli("watch", "import", write(folder, TABLE + WALNUT))
    cli("watch", "import", write(folder, "asin,daily_units\nB0WALNUTBL,15\nB0ALDER001,\n"))
    exported = cli("watch", "export").stdout
    assert "B0WALNUTBL,US,24.99,WAL-1,15,Walnut block" in exported
    assert "B0ALDER001,US,,,," in exported


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_what_excel_saves(encoding: str, delimiter: str, cli: Cli, folder: Path) -> None:
    table = "asin,marketplace,title\r\nB0WALNUTBL,DE,Häcksler für Nüsse\r\n"
    said = cli("watch", "import", write(folder, table.replace(",", delimiter).encode(encoding)))
    assert said.exit_code == 0
    assert (
        "B0WALNUTBL,DE,,,,Häcksler für Nüsse,\r\n".encode() in cli("watch", "export").stdout_bytes
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("asin,title\nB0WALNUTBL,Nüsse\n".encode("latin-1"), "is not UTF-8 text"),
        (b"PK\x03\x04\x14\x00\x08\x08\xff\xfe", "is not UTF-8 text"),
        (b"\xff\xfea", "is not UTF-8 text"),
        (b"\x00\x01\x02", "is not UTF-8 text"),
        ("asin,title\nB0WALNUTBL,Oak\n".encode("utf-16-le"), "is not UTF-8 text"),
        (b"", "The first line must contain the column names"),
    ],
)
def test_what_is_no_table(content: bytes, words: str, cli: Cli, folder: Path) -> None:
    said = cli("watch", "import", write(folder, content))
    assert said.exit_code == 1
    assert words in said.stderr
    assert said.stdout == ""
    assert not (folder / "data").exists()


def test_a_file_that_is_missing_or_too_large(cli: Cli, folder: Path) -> None:
    said = cli("watch", "import", "none.csv")
    assert (said.exit_code, said.stderr) == (
        1,
        "There is no file none.csv. Check its name and folder.\n",
    )
    assert cli("watch", "import", folder).stderr.startswith("There is no file")
    with (folder / "large.csv").open("wb") as file:
        file.truncate(LARGEST + 1)
    said = cli("watch", "import", "large.csv")
    assert (said.exit_code, said.stderr) == (
        1,
        "large.csv is larger than 20 MB. Split it into smaller files.\n",
    )


@pytest.mark.parametrize("command", ["import watches.csv", "export"])
def test_data_in_use(command: str, cli: Cli, in_use: None, folder: Path) -> None:
    write(folder, TABLE + WALNUT)
    said = cli("watch", *command.split())
    assert said.exit_code == 1
    assert said.stdout == ""
    assert said.stderr.startswith("Another process is using this data folder. Stop it")


@pytest.fixture
def application(portal: BlockingPortal) -> Iterator[Application]:
    """The program as it runs, but that nothing runs by itself."""

    @asynccontextmanager
    async def answering() -> AsyncIterator[Application]:
        source = FakeSource()
        async with (
            open_application(Settings(), source, Links(), {}) as application,
            controlled(application, Settings()),
        ):
            yield application

    with portal.wrap_async_context_manager(answering()) as application:
        yield application


def test_while_the_program_runs_it_does_the_work(
    cli: Cli, folder: Path, application: Application, portal: BlockingPortal
) -> None:
    said = cli("watch", "import", write(folder, TABLE + WALNUT + "nonsense\n"))
    assert said.stdout == "Imported 1 product: 1 new, 0 updated.\n1 line not imported: see above.\n"
    assert cli("watch", "export").stdout_bytes == (TABLE + WALNUT).encode()
    watch = portal.call(application.app.store.get, WATCHES, "US-B0WALNUTBL")
    assert watch is not None
    portal.call(application.monitor.tick)
    portal.call(application.monitor.settle)
    assert portal.call(application.app.store.get, STATUSES, watch.key) is not None


def test_an_import_that_is_repeated_changes_nothing(
    cli: Cli, folder: Path, application: Application, portal: BlockingPortal
) -> None:
    file = write(folder, TABLE + WALNUT)
    assert cli("watch", "import", file).exit_code == 0
    watch = portal.call(application.app.store.get, WATCHES, "US-B0WALNUTBL")
    before = (folder / "data" / "store" / FILE).read_bytes()
    assert cli("watch", "import", file).exit_code == 0
    assert portal.call(application.app.store.get, WATCHES, "US-B0WALNUTBL") == watch
    assert (folder / "data" / "store" / FILE).read_bytes() == before


def test_an_import_that_is_broken_off_is_completed_by_the_next(
    cli: Cli,
    folder: Path,
    application: Application,
    portal: BlockingPortal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [f"B{number:09},US,24.99,,1,Title {number},\r\n" for number in range(3 * AT_ONCE)]
    table = TABLE + "".join(rows)
    file = write(folder, table)

    def cut(self: Progress, task: int, by: float) -> None:
        raise UserError

    with monkeypatch.context() as patch:
        patch.setattr(Progress, "advance", cut)
        assert cli("watch", "import", file).exit_code == 1
    assert portal.call(application.app.store.count, WATCHES) == AT_ONCE
    assert cli("watch", "import", file).exit_code == 0
    assert cli("watch", "export").stdout_bytes == table.encode()


@pytest.mark.parametrize(
    "table",
    [
        "asin\nnonsense\n",
        "nonsense",
        "asin,floor\nB0WALNUTBL,1e9\n",
        "asin,sku\nB0AAAAAAA1,OAK-1\nB0BBBBBBB2,OAK-1\n",
    ],
)
def test_whoever_asks_adds_no_product_that_is_none(
    folder: Path, application: Application, portal: BlockingPortal, table: str
) -> None:
    async def ask() -> None:
        client = await running(folder / "data" / SOCKET)
        assert client is not None
        await client.ask(ADD_WATCHES, Table(table))

    with pytest.raises(UserError):
        portal.call(ask)
    assert portal.call(application.app.store.count, WATCHES) == 0


def test_whoever_asks_adds_so_many_at_once(
    folder: Path, application: Application, portal: BlockingPortal
) -> None:
    async def ask(number: int) -> None:
        client = await running(folder / "data" / SOCKET)
        assert client is not None
        rows = "".join(f"B{number:09}\n" for number in range(number))
        await client.ask(ADD_WATCHES, Table("asin\n" + rows))

    portal.call(ask, AT_ONCE)
    with pytest.raises(UserError, match="Import at most"):
        portal.call(ask, AT_ONCE + 1)
    assert portal.call(application.app.store.count, WATCHES) == AT_ONCE


@pytest.mark.ci
def test_twenty_thousand_lines_while_the_program_runs(
    cli: Cli, folder: Path, application: Application, portal: BlockingPortal
) -> None:
    rows = [f"B{number:09},US,24.99,,1,Title {number},\r\n" for number in range(20_000)]
    table = TABLE + "".join(rows)
    assert cli("watch", "import", write(folder, table)).exit_code == 0
    assert portal.call(application.app.store.count, WATCHES) == 20_000
    assert cli("watch", "export").stdout_bytes == table.encode()


@pytest.mark.ci
def test_ten_thousand_lines_with_progress(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[float] = []

    def advance(self: Progress, task: int, by: float) -> None:
        steps.append(by)

    monkeypatch.setattr(Progress, "advance", advance)
    rows = [f"B{number:09},US,24.99,SKU-{number},1,Title {number},\r\n" for number in range(10_000)]
    said = cli("watch", "import", write(folder, TABLE + "".join(rows)))
    assert said.stdout == "Imported 10,000 products: 10,000 new, 0 updated.\n"
    assert steps == [AT_ONCE] * 50
    assert cli("watch", "export").stdout_bytes == (TABLE + "".join(rows)).encode()


def test_settings_say_where_the_data_is_and_what_home_is(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text(f"{PREFIX}HOME=DE\n{PREFIX}DATA_DIR={folder / 'elsewhere'}\n")
    cli("watch", "import", write(folder, "asin\nB0WALNUTBL\n"))
    assert (folder / "elsewhere" / "store").is_dir()
    assert "B0WALNUTBL,DE" in cli("watch", "export").stdout
