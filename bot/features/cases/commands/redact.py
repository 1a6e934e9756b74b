"""/redact: removing the words of an entry of a case."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.starting import start_flow
from bot.core.interactions import Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.cases.flows.redact import FIRST_WORDS, REDACT, RedactForm
from bot.features.cases.rules.redacting import place_of
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.redacting import find_entry

USAGE = "/redact CASE ENTRY [why]"


async def redact(ctx: RequestContext) -> Sequence[Reply]:
    """Show the entry's first words and ask why they are to be removed."""
    number, place, why = [*ctx.text.split(maxsplit=2), "", "", ""][:3]
    if not place:
        message = f"Type it like this: {USAGE}. /case NUMBER shows the numbers of entries."
        raise UserError(message)
    case = await require_case(ctx.tx, number)
    entry = await find_entry(ctx.tx, case, place_of(place))
    known = RedactForm(
        subject=entry.key,
        case=case.key,
        place=entry.place,
        shown=one_line(entry.words, FIRST_WORDS),
        why=why[:200],
    )
    return [start_flow(ctx, REDACT, known)]


COMMANDS = (
    CommandSpec(
        "redact",
        USAGE,
        "Permanently remove a person's words from a case.",
        Permission.CONFIGURE,
        redact,
        (
            Param("case", "The case's number.", required=True, suggest="case"),
            Param("entry", "The entry's number, as /case shows it.", required=True),
            Param("why", "The reason; it stays."),
        ),
        group=HelpGroup.CASES,
    ),
)
