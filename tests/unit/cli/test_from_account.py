"""``watch from-account``: what the account lists is shown, and watched once that is confirmed."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from anyio.from_thread import BlockingPortal
from typer.testing import CliRunner, Result

from adapters.simulator import Fault, Marketplace, Operation
from bot.__main__ import app
from bot.bootstrap.application import open_application
from bot.cli.control import ADD_LISTED, AT_ONCE, ListedProducts, controlled, operations
from bot.core.links import Links
from bot.core.own_listings import OwnListing
from bot.errors import UserError
from bot.features.watchlist.collections import WATCHES
from bot.settings import Settings
from tests.fakes import FakeSource
from tests.unit.cli.conftest import Cli, use
from tests.unit.features.watchlist.listed import listing

OWN = "A3ALDERFINCH01"
PRODUCTS = 6
"""What the demo's account lists."""


@pytest.fixture(autouse=True)
def account(market: Marketplace, monkeypatch: pytest.MonkeyPatch) -> Marketplace:
    use(monkeypatch, own_sellers=OWN)
    return market


def asked(answer: str) -> Result:
    """Run the command, and answer its question."""
    words = ["watch", "from-account"]
    return CliRunner().invoke(app, words, input=answer, catch_exceptions=False)


def watched(cli: Cli) -> dict[str, str]:
    """Return what is watched, with the SKU."""
    told = json.loads(cli("watch", "export", "--json").stdout)
    return {watch["asin"]: watch.get("sku", "") for watch in told}


def test_it_shows_what_it_found_and_adds_it_when_that_is_confirmed(cli: Cli) -> None:
    said = asked("y\n")
    assert said.exit_code == 0
    assert said.stdout.splitlines() == [
        f"{PRODUCTS} products in US.",
        f"Watch {PRODUCTS} products? [y/N]: y",
        f"Added {PRODUCTS} products.",
    ]
    found = watched(cli)
    assert len(found) == PRODUCTS
    assert found["B0ALDER001"] == "AF-SAUCEPAN-3Q"


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_nothing_is_added_unless_a_person_says_so(cli: Cli, answer: str) -> None:
    said = asked(answer)
    assert said.exit_code == 0
    assert said.stdout.endswith("Nothing was added.\n")
    assert watched(cli) == {}


def test_without_anybody_to_ask_nothing_is_added(cli: Cli) -> None:
    assert asked("").exit_code == 1
    assert watched(cli) == {}


def test_yes_asks_nothing(cli: Cli) -> None:
    said = cli("watch", "from-account", "--yes")
    assert said.stdout.splitlines() == [
        f"{PRODUCTS} products in US.",
        f"Added {PRODUCTS} products.",
    ]
    again = cli("watch", "from-account", "--yes")
    assert again.stdout.splitlines() == [
        f"{PRODUCTS} products in US, {PRODUCTS} already watched.",
        "Nothing was added.",
    ]


def test_where_all_is_watched_nothing_is_asked(cli: Cli) -> None:
    cli("watch", "from-account", "--yes")
    assert asked("").exit_code == 0


def test_machines_are_told_and_add_nothing_unasked(cli: Cli) -> None:
    told = json.loads(cli("watch", "from-account", "--json").stdout)
    assert told == {
        "counts": {"US": {"products": PRODUCTS, "offered": PRODUCTS}},
        "unread": {},
        "added": 0,
        "skus_added": 0,
    }
    assert watched(cli) == {}
    told = json.loads(cli("watch", "from-account", "--json", "--yes").stdout)
    assert told["added"] == PRODUCTS


def test_what_the_team_set_stays(cli: Cli, folder: Path) -> None:
    table = folder / "watches.csv"
    table.write_text("asin,floor,sku\nB0ALDER001,20,MINE-1\n")
    cli("watch", "import", table)
    cli("watch", "from-account", "--yes")
    assert watched(cli)["B0ALDER001"] == "MINE-1"


def test_what_is_watched_without_its_sku_is_given_it(cli: Cli, folder: Path) -> None:
    table = folder / "watches.csv"
    table.write_text("asin,floor\nB0ALDER001,20\n")
    cli("watch", "import", table)
    said = asked("y\n")
    assert said.stdout.splitlines() == [
        f"{PRODUCTS} products in US, 1 already watched.",
        "Watch 5 products and add 1 SKU to watched ones? [y/N]: y",
        "Added 5 products. Added 1 SKU.",
    ]
    assert watched(cli)["B0ALDER001"] == "AF-SAUCEPAN-3Q"


def test_a_missing_role_for_marketplaces_falls_back_to_the_home(
    cli: Cli, account: Marketplace
) -> None:
    account.faults.on(Fault.ROLE_MISSING, operation=Operation.PARTICIPATIONS)
    said = cli("watch", "from-account", "--yes")
    assert said.exit_code == 0
    assert said.stderr.startswith("Other marketplaces: Not read")
    assert len(watched(cli)) == PRODUCTS


def test_an_outage_is_told_and_nothing_is_added(cli: Cli, account: Marketplace) -> None:
    account.faults.on(Fault.HTML_503, operation=Operation.SEARCH_LISTINGS)
    said = cli("watch", "from-account", "--yes")
    assert said.exit_code == 1
    assert said.stderr == "Amazon answered with an error page (503).\n"
    assert watched(cli) == {}


def test_listings_that_are_counted_and_not_told_are_named(cli: Cli, account: Marketplace) -> None:
    account.faults.on(Fault.MISSING_INNER, operation=Operation.SEARCH_LISTINGS)
    said = cli("watch", "from-account", "--yes")
    assert said.stderr == "Amazon counted 1 more SKU and did not list them.\n"


def test_without_a_seller_id_it_says_what_to_set(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, own_sellers="")
    said = cli("watch", "from-account")
    assert said.exit_code == 1
    assert "Set BRANDWARDEN_OWN_SELLERS" in said.stderr


def test_a_file_of_snapshots_is_no_account(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "snapshots.json"
    file.write_text("[]")
    use(monkeypatch, snapshots=str(file))
    said = cli("watch", "from-account")
    assert said.exit_code == 1
    assert "only be read from an Amazon account" in said.stderr


def test_it_works_while_the_program_runs(cli: Cli, portal: BlockingPortal) -> None:
    opening = open_application(Settings(), FakeSource(simulated=True), Links(), {})
    with portal.wrap_async_context_manager(opening) as application:
        answering = controlled(application, Settings())
        with portal.wrap_async_context_manager(answering) as trouble:
            assert trouble == ""
            assert cli("watch", "from-account", "--yes").exit_code == 0
            assert portal.call(application.app.store.count, WATCHES) == PRODUCTS
            assert len(application.monitor._followed) == PRODUCTS


@pytest.mark.parametrize(
    "wrong",
    [
        OwnListing(seller=OWN, sku="K-1", marketplace="US", asin="no asin"),
        OwnListing(seller=OWN, sku="K-1", marketplace="XX", asin="B0ALDER001"),
    ],
)
def test_whoever_asks_adds_no_listing_that_is_none(
    portal: BlockingPortal, wrong: OwnListing
) -> None:
    opening = open_application(Settings(), FakeSource(simulated=True), Links(), {})
    with portal.wrap_async_context_manager(opening) as application:
        known = operations(application.app.store, "US")
        with pytest.raises(UserError):
            portal.call(known.ask, ADD_LISTED, ListedProducts([wrong]))
        assert portal.call(application.app.store.count, WATCHES) == 0


def test_so_many_listings_are_too_many_for_one_question() -> None:
    raw = msgspec.json.encode(ListedProducts([listing("K")] * (AT_ONCE + 1)))
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(raw, type=ListedProducts)
