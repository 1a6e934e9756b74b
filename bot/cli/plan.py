"""``plan``: how often each product is checked, and why."""

from __future__ import annotations

from datetime import datetime, timedelta

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.control import SHOW_PLAN, PlanRequest
from bot.cli.output import AsJson, errors, tell
from bot.cli.program import running_program
from bot.cli.start import begin, finish
from bot.core.clocks import utc_now
from bot.core.marketplaces import REGIONS
from bot.core.patrols import PatrolState, PatrolSubject
from bot.core.text import one_line
from bot.core.views.lists import counted
from bot.core.when import ago, rough
from bot.errors import UserError
from bot.settings import Settings
from checks.plan import LanePlan, Plan, PlannedProduct

NOT_RUNNING = (
    "Brandwarden is not running with the data in {folder}. Start it, then run this command again."
)
ASKED = {
    PatrolSubject.PRICES: "the number of offers and the Buy Box",
    PatrolSubject.PAGES: "the pages",
    PatrolSubject.LISTINGS: "your listings' statuses",
    PatrolSubject.LONE_LISTINGS: "your listings' statuses by unusual SKUs",
    PatrolSubject.CONDITIONS: "used offers",
    PatrolSubject.APLUS: "A+ content",
}
WHY = 160
COLUMNS = ("Product", "Checked about every", "Attacks expected", "Why")
RARE = 0.1
"""Attacks a month below which no number is said."""

console = Console(highlight=False)


def plan(as_json: AsJson = False) -> None:
    """Show how often each product is checked, and why.

    Exit code 1: Brandwarden is not running.
    """
    planned = finish(_plan(begin("error")))
    if as_json:
        tell(planned)
        return
    for lane in planned.lanes:
        _show(lane, utc_now())
    for patrol in planned.patrols:
        console.print(asked(patrol), soft_wrap=True)
    if not planned.lanes:
        console.print("No products are watched.")


async def _plan(settings: Settings) -> Plan:
    program = await running_program(settings)
    if program is None:
        raise UserError(NOT_RUNNING.format(folder=settings.data_dir))
    with errors.status("Asking Brandwarden"):
        return await program.ask(SHOW_PLAN, PlanRequest())


def _show(lane: LanePlan, now: datetime) -> None:
    console.print(said(lane), style="bold", soft_wrap=True)
    if not lane.by_risk:
        return
    table = Table(*COLUMNS)
    for product in lane.first:
        table.add_row(*map(Text, cells(product, now)))
    console.print(table)


def said(lane: LanePlan) -> str:
    """Say in a sentence how often the products of a quota are checked."""
    how = "with your own SKUs" if lane.own else "without your own SKUs"
    whole = f"{REGIONS[lane.region]}, {counted(lane.products, 'product')} {how}: "
    if not lane.by_risk:
        told = f"each about every {_rough(lane.round)}."
    elif _rough(lane.shortest) == _rough(lane.longest):
        told = f"each about every {_rough(lane.round)}. Nothing sets one apart yet."
    else:
        told = (
            f"about every {_rough(lane.shortest)} to {_rough(lane.longest)}, "
            "most often where attacks are likely."
        )
    return f"{whole}{told}"


def asked(patrol: PatrolState) -> str:
    """Say in a sentence how often a question is asked beside the offers."""
    there = (
        f"{REGIONS[patrol.region]}, {counted(patrol.products, 'product')}: {ASKED[patrol.subject]}"
    )
    if patrol.out:
        return f"{there} could not be checked lately: {one_line(patrol.why, WHY)}"
    return f"{there} are checked about every {_rough(patrol.round)}."


def cells(product: PlannedProduct, now: datetime) -> tuple[str, str, str, str]:
    """Return what a line of the table says."""
    expected = f"{product.a_month:.1f} a month" if product.a_month >= RARE else "rare"
    return one_line(product.key, 20), _rough(product.every), expected, _why(product, now)


def _why(product: PlannedProduct, now: datetime) -> str:
    parts = []
    if product.found and product.since:
        last = f", the last {ago(product.last, now)}" if product.last else ""
        days = counted(max(1, (now - product.since).days), "day")
        parts.append(f"{counted(product.found, 'unknown seller')} came in {days}{last}")
    if product.signs.strangers:
        parts.append(f"{counted(product.signs.strangers, 'unknown seller')} at the first check")
    if product.signs.cases:
        parts.append(f"{counted(product.signs.cases, 'case')} before it was watched")
    return "; ".join(parts) or "No unknown seller found so far"


def _rough(seconds: float) -> str:
    return rough(timedelta(seconds=max(1.0, seconds)))
