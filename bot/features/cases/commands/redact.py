"""/redact: removing words of people, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.starting import start_flow
from bot.core.interactions import Reply
from bot.core.permissions import Permission
from bot.core.redacting import find_words, named
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import one_line
from bot.features.cases.flows.redact import FIRST_WORDS, REDACT, RedactForm

WHY = 200


async def redact(ctx: RequestContext) -> Sequence[Reply]:
    """Show the first words of what is named, and ask why they are to be removed."""
    name, why = named(ctx.app, ctx.text)
    found = await find_words(ctx.app, ctx.tx, name)
    known = RedactForm(
        subject=found.name,
        called=found.called,
        shown=one_line(found.texts[0], FIRST_WORDS),
        also=found.also,
        why=why[:WHY],
    )
    return [start_flow(ctx, REDACT, known)]


COMMANDS = (
    CommandSpec(
        "redact",
        "/redact CASE ENTRY|LABEL [why]",
        "Permanently remove what a person wrote.",
        Permission.CONFIGURE,
        redact,
        (
            Param(
                "what",
                "A case number, or a label such as L-4 or R-3.",
                required=True,
                suggest="case",
            ),
            Param("entry", "For a case: the entry number that /case shows."),
            Param("why", "The reason. It stays on record."),
        ),
        group=HelpGroup.CASES,
    ),
)
