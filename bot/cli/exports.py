"""``attacks export`` and ``audit export``: tables of what happened, for people's spreadsheets."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated

import typer

from bot.cli.control import LIST_ATTACKS, LIST_AUDIT, AttacksRequest, PageRequest, control
from bot.cli.output import AsJson, examples, group, tell, tell_table
from bot.cli.start import begin, finish
from bot.core.audit.entries import AuditEntry, key_at, write_audit
from bot.features.attacks.models import Incident
from bot.features.attacks.rules.table import write_incidents
from bot.settings import Settings

attacks = group("Export the attacks on your brand.", "attacks export > attacks.csv")
audit = group("Export the record of who did what.", "audit export > audit.csv")


@attacks.callback()
@audit.callback()
def several() -> None:
    """Keep ``export`` a word of its own: there may be others."""


def _day(text: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        message = "write a date like 2026-11-23."
        raise typer.BadParameter(message) from None


@attacks.command("export", epilog=examples("attacks export > attacks.csv"))
def export_attacks(as_json: AsJson = False) -> None:
    """Print all attacks, as a table.

    These are the attacks that were logged, and the cases that count as one. Works while
    Brandwarden runs.
    """
    found = finish(_attacks(begin("error")))
    if as_json:
        tell(found)
    else:
        tell_table(write_incidents(found))


@audit.command(
    "export", epilog=examples("audit export > audit.csv", "audit export --since 2026-11-23 --json")
)
def export_audit(
    since: Annotated[
        datetime | None,
        typer.Option(parser=_day, metavar="DAY", help="First day (UTC), like 2026-11-23."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print who did what in the last year, and who was refused.

    Works while Brandwarden runs. With --json, each entry is a line.
    """
    entries = finish(_entries(begin("error"), since))
    if as_json:
        for entry in entries:
            tell(entry)
    else:
        tell_table(write_audit(entries))


async def _attacks(settings: Settings) -> list[Incident]:
    found: list[Incident] = []
    question = AttacksRequest()
    async with control(settings) as application:
        while more := (await application.ask(LIST_ATTACKS, question)).attacks:
            found += more
            question = AttacksRequest(found[-1].at, found[-1].ref)
    return found


async def _entries(settings: Settings, since: datetime | None) -> list[AuditEntry]:
    after = key_at(since, "") if since else ""
    entries: list[AuditEntry] = []
    async with control(settings) as application:
        while found := (await application.ask(LIST_AUDIT, PageRequest(after))).entries:
            entries += found
            after = found[-1].key
    return entries
