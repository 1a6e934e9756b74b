"""``audit export``: who did what, and who was refused, as a table."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli.control import LIST_AUDIT, PageRequest, control
from bot.cli.output import AsJson, tell
from bot.cli.start import begin, finish
from bot.core.audit.entries import AuditEntry, key_at
from bot.core.audit.table import write_audit
from bot.core.text import plain
from bot.settings import Settings

app = typer.Typer(
    help="Who did what, and who was refused.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def audit() -> None:
    """Keep ``export`` a word of its own: there may be others."""


@app.command()
def export(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The first day, in UTC, like 2026-11-23."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the audit record of the last year; works while Brandwarden runs.

    With --json, a line each.
    """
    entries = finish(_read(begin("error"), since))
    if as_json:
        for entry in entries:
            tell(entry)
        return
    table = write_audit(entries)
    if sys.stdout.isatty():
        # For eyes; what goes into a file or a program stays as it is kept.
        table = plain(table.replace("\r\n", "\n"))
    typer.echo(table.encode(), nl=False)


async def _read(settings: Settings, since: datetime | None) -> list[AuditEntry]:
    after = key_at(since.replace(tzinfo=UTC), "") if since else ""
    entries: list[AuditEntry] = []
    async with control(settings) as application:
        while found := (await application.ask(LIST_AUDIT, PageRequest(after))).entries:
            entries += found
            after = found[-1].key
    return entries
