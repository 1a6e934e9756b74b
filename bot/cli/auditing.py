"""``audit export``: who did what, and who was refused, as a table."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time
from typing import Annotated

import typer

from bot.cli.control import LIST_AUDIT, PageRequest, control
from bot.cli.output import AsJson, examples, group, tell
from bot.cli.start import begin, finish
from bot.core.audit.entries import AuditEntry, key_at, write_audit
from bot.core.text import plain
from bot.settings import Settings

app = group("Export the record of who did what.", "audit export > audit.csv")


@app.callback()
def audit() -> None:
    """Keep ``export`` a word of its own: there may be others."""


def _day(text: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        message = "write a date like 2026-11-23."
        raise typer.BadParameter(message) from None


@app.command(epilog=examples("audit export > audit.csv", "audit export --since 2026-11-23 --json"))
def export(
    since: Annotated[
        datetime | None,
        typer.Option(parser=_day, metavar="DAY", help="First day (UTC), like 2026-11-23."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print who did what in the last year, and who was refused.

    Works while Brandwarden runs. With --json, each entry is a line.
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
    after = key_at(since, "") if since else ""
    entries: list[AuditEntry] = []
    async with control(settings) as application:
        while found := (await application.ask(LIST_AUDIT, PageRequest(after))).entries:
            entries += found
            after = found[-1].key
    return entries
