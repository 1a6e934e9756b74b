"""``attacks export``: everything that the analysis of attacks counts, as a table."""

from __future__ import annotations

import sys

import typer

from bot.cli.control import LIST_ATTACKS, AttacksRequest, control
from bot.cli.output import AsJson, examples, group, tell
from bot.cli.start import begin, finish
from bot.core.text import plain
from bot.features.attacks.models import Incident
from bot.features.attacks.rules.table import write_incidents
from bot.settings import Settings

app = group("Export the attacks on your brand.", "attacks export > attacks.csv")


@app.callback()
def attacks() -> None:
    """Keep ``export`` a word of its own: there may be others."""


@app.command(epilog=examples("attacks export > attacks.csv"))
def export(as_json: AsJson = False) -> None:
    """Print all attacks, as a table.

    These are the attacks that were logged, and the cases that count as one. Works while
    Brandwarden runs.
    """
    found = finish(_export(begin("error")))
    if as_json:
        tell(found)
        return
    table = write_incidents(found)
    if sys.stdout.isatty():
        # For eyes; what goes into a file or a program stays as it is kept.
        table = plain(table.replace("\r\n", "\n"))
    typer.echo(table.encode(), nl=False)


async def _export(settings: Settings) -> list[Incident]:
    found: list[Incident] = []
    question = AttacksRequest()
    async with control(settings) as application:
        while more := (await application.ask(LIST_ATTACKS, question)).attacks:
            found += more
            question = AttacksRequest(found[-1].at, found[-1].ref)
    return found
