"""``check``: one product now; what could not be seen never reads as no offers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from adapters.simulator import Fault, Marketplace, Operation
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from bot.core.monitoring import OfferSource, Reading
from bot.settings import Settings
from tests.fakes import FakeSource
from tests.strategies import START
from tests.unit.cli.conftest import Cli, use

OWN = "A3ALDERFINCH01"


def test_the_offers_as_a_table(cli: Cli, market: Marketplace, folder: Path) -> None:
    said = cli("check", "B0ALDER001")
    assert said.exit_code == 0
    assert "B0ALDER001 on US" in said.stdout
    [row] = [line for line in said.stdout.splitlines() if OWN in line]
    assert "USD 49.90" in row
    assert "yes" in row
    assert said.stderr == ""
    assert list(folder.iterdir()) == []


def test_the_offers_as_json(cli: Cli, market: Marketplace) -> None:
    said = cli("check", "B0ALDER001", "--json")
    snapshot = msgspec.json.decode(said.stdout, type=Snapshot)
    assert [offer.seller for offer in snapshot.offers] == [OWN]
    assert said.stdout.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["https://www.amazon.com/Alder-Saucepan/dp/B0ALDER001/ref=sr_1_1?th=1"],
        ["amazon.com/gp/product/B0ALDER001"],
        ["b0alder001", "--marketplace", "amazon.com"],
    ],
)
def test_links_and_names(words: list[str], cli: Cli, market: Marketplace) -> None:
    assert "B0ALDER001 on US" in cli("check", *words).stdout


def test_the_marketplace_is_that_of_the_link_of_the_option_or_of_home(
    cli: Cli, market: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = "https://www.amazon.de/dp/B0ALDER001"
    assert "in the marketplace DE" in cli("check", link).stderr
    assert "B0ALDER001 on US" in cli("check", link, "--marketplace", "US").stdout
    use(monkeypatch, home="FR")
    assert "in the marketplace FR" in cli("check", "B0ALDER001").stderr


def test_an_unknown_product(cli: Cli, market: Marketplace) -> None:
    said = cli("check", "B0UNKNOWN1")
    assert said.exit_code == 1
    assert said.stdout == ""
    assert said.stderr == (
        "Could not check: Amazon does not know B0UNKNOWN1 in the marketplace US.\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["saucepan"], "'SAUCEPAN' is not an ASIN"),
        (["https://example.com/dp/B0ALDER001"], "is not a link to an Amazon product page"),
        (["B0ALDER001", "--marketplace", "Mars"], "'Mars' is not a marketplace. Choose one of"),
    ],
)
def test_what_is_no_product(words: list[str], sentence: str, cli: Cli, market: Marketplace) -> None:
    said = cli("check", *words)
    assert said.exit_code == 1
    assert sentence in said.stderr
    assert len(market.log) == 0


@pytest.mark.parametrize("operation", [Operation.ITEM_OFFERS_BATCH, Operation.TOKEN])
def test_an_outage_is_no_table_of_no_offers(
    operation: Operation, cli: Cli, market: Marketplace
) -> None:
    market.faults.on(Fault.HTML_503, operation=operation)
    said = cli("check", "B0ALDER001")
    assert said.exit_code == 1
    assert said.stdout == ""
    assert said.stderr.startswith("Could not check: Amazon")
    assert "answered with an error page (503)" in said.stderr
    machine = cli("check", "B0ALDER001", "--json")
    assert machine.exit_code == 1
    assert machine.stderr == ""
    assert "503" in json.loads(machine.stdout)["error"]


def test_an_empty_answer_says_that_it_may_be_wrong(cli: Cli, market: Marketplace) -> None:
    market.faults.on(Fault.FALSE_ZERO)
    said = cli("check", "B0ALDER001")
    assert said.exit_code == 0
    assert said.stdout == (
        "No offers. An empty answer is sometimes wrong: check again in a minute.\n"
    )


def seen_of(seller: str) -> Snapshot:
    price = Money(Decimal(5), "USD")
    offer = Offer(seller=seller, price=price, shipping=price)
    return Snapshot(
        asin="B0ALDER001", marketplace="US", at=START, offers=(offer,), total=3, holders=None
    )


def test_nothing_in_an_answer_is_markup_or_steers_the_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Odd(FakeSource):
        async def read(self, watches: Sequence[Watch]) -> list[Reading]:
            return [Reading(watch, seen_of("[red]A[/]\u202e[/blue]")) for watch in watches]

    @asynccontextmanager
    async def open_odd(_: Settings) -> AsyncIterator[OfferSource]:
        yield Odd()

    monkeypatch.setattr("bot.cli.inspect.open_source", open_odd)
    assert "[red]A[/]\ufffd[/blue]" in cli("check", "B0ALDER001").stdout


def test_what_an_answer_leaves_open_is_said(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    seen = seen_of("A2HARBORGOODS7")
    (folder / "snapshots.jsonl").write_bytes(msgspec.json.encode(seen))
    use(monkeypatch, snapshots="snapshots.jsonl")
    said = cli("check", "B0ALDER001")
    assert "Amazon does not say who has the Buy Box." in said.stdout
    assert "Amazon counts 2 more offers but does not list them." in said.stdout
