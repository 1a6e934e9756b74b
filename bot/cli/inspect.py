"""``check`` and ``doctor``: look, and change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.bootstrap.sources import open_source
from bot.cli.configuration import Configuration
from bot.cli.doctor import Diagnosis, examine
from bot.cli.output import PROGRAM, AsJson, complain, errors, tell
from bot.cli.start import FAILED, WRONG_USE, begin, finish, look
from bot.core.amazon_retail import amazon_itself
from bot.core.clocks import utc_now
from bot.core.identifiers import ProductReference
from bot.core.listing import Snapshot, Watch
from bot.core.marketplaces import Marketplace
from bot.core.monitoring import Reading
from bot.core.text import plain
from bot.core.views.lists import counted
from bot.settings import Settings

console = Console(highlight=False)
COLORS = {"fine": "green", "off": "dim", "missing": "yellow", "wrong": "red"}


def check(
    product: Annotated[
        str, typer.Argument(metavar="ASIN", help="An ASIN or a link to the product page.")
    ],
    market: Annotated[
        str,
        typer.Option(
            "--marketplace",
            metavar="CODE",
            help="Marketplace, like DE. Default: the link's, or BRANDWARDEN_HOME.",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show a product's current offers.

    Nothing is stored. Exit code 1: the product could not be checked.
    """
    reading = finish(_check(begin("error"), product, market))
    if isinstance(reading.result, Snapshot):
        _show(reading.result, as_json=as_json)
        return
    if as_json:
        tell({"error": str(reading.result)})
    else:
        complain(f"Could not check: {reading.result}")
    raise typer.Exit(1)


def doctor(as_json: AsJson = False) -> None:
    """Check your setup and show what to do next.

    Exit code 1: something is missing or wrong; 2: a setting cannot be used at all.
    """
    configuration = look("error")
    findings = finish(_doctor(configuration, as_json=as_json))
    bad = [finding for finding in findings if finding.bad]
    if as_json:
        tell(findings)
    else:
        console.print(f"\n{_next_step(bad)}", soft_wrap=True)
    raise typer.Exit(WRONG_USE if configuration.wrong else FAILED if bad else 0)


async def _check(settings: Settings, text: str, market: str) -> Reading:
    product = ProductReference.parse(text)
    named = (
        Marketplace.named(market)
        if market
        else product.marketplace or Marketplace.named(settings.home)
    )
    watch = Watch(asin=product.asin, marketplace=named.code, added_at=utc_now())
    async with open_source(settings) as source:
        with errors.status("Asking Amazon"):
            [reading] = await source.read([watch])
    return reading


def _show(snapshot: Snapshot, *, as_json: bool) -> None:
    if as_json:
        tell(snapshot)
        return
    if snapshot.offers:
        console.print(_table(snapshot))
    if snapshot.holders is None:
        console.print("Amazon does not say who has the Buy Box.")
    if snapshot.unlisted:
        more = counted(snapshot.unlisted, "more offer")
        console.print(f"Amazon counts {more} but does not list them.")
    if snapshot.empty:
        console.print("No offers. An empty answer is sometimes wrong: check again in a minute.")


def _table(snapshot: Snapshot) -> Table:
    table = Table(title=f"{snapshot.asin} on {snapshot.marketplace}")
    for column in ("Seller", "With shipping", "Fulfillment", "Buy Box"):
        table.add_column(column)
    for offer in snapshot.offers:
        by = {True: "Amazon", False: "seller", None: "unknown"}[offer.fba]
        holds = "yes" if offer.seller in (snapshot.holders or ()) else ""
        amazon = amazon_itself(offer.seller, snapshot.marketplace)
        # As text: brackets in a plain string would be read as markup.
        seller = Text(plain(amazon.name if amazon else offer.seller))
        table.add_row(seller, offer.cost, by, holds)
    return table


def _next_step(bad: Sequence[Diagnosis]) -> str:
    """Say what to do now: one thing, however much is wrong."""
    if not bad:
        return f"Everything is ready. Next: {PROGRAM} run"
    return (
        f"{counted(len(bad), 'problem')}. Next: fix {bad[0].name}, then run {PROGRAM} doctor again."
    )


async def _doctor(configuration: Configuration, *, as_json: bool) -> list[Diagnosis]:
    findings: list[Diagnosis] = []
    async for finding in examine(configuration):
        findings.append(finding)
        if not as_json:
            console.print(f"{finding.state:8}", style=COLORS[finding.state], end="")
            says = plain(f"{finding.name}: {finding.says}")
            console.print(says, markup=False, soft_wrap=True)
    return findings
