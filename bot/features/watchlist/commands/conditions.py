"""/conditions: whether offers that are not new are looked for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import require_words
from bot.errors import UserError
from bot.features.watchlist.commands.watch import find_watch
from bot.features.watchlist.rules.wanted import ALL, NEW
from bot.features.watchlist.service.conditions import choose_conditions
from bot.features.watchlist.views.conditions import conditions_of

USAGE = "/conditions ASIN new|all [marketplace]"


async def conditions(ctx: RequestContext) -> Sequence[Reply]:
    """Look for new offers of a product alone, or for those of all conditions."""
    require_words(ctx.words, 2, 3, USAGE)
    chosen = [word for word in ctx.words[1:] if word.casefold() in (NEW, ALL)]
    if len(chosen) != 1:
        message = tr(
            "Write 'new' to check new offers only, or 'all' for used ones too: {usage}",
            usage=USAGE,
        )
        raise UserError(message)
    watch = await find_watch(ctx, [word for word in ctx.words if word not in chosen])
    new_only = chosen[0].casefold() == NEW
    changed = await choose_conditions(
        ctx.app, ctx.tx, watch, ctx.who, ctx.checker, new_only=new_only
    )
    if changed:
        said = tr("Changed {product}.", product=watch.name)
        return [Notice(said, Tone.GOOD)]
    now = conditions_of(watch)
    return [
        Notice(tr("{product} is checked like that already: {now}.", product=watch.name, now=now))
    ]


COMMANDS = (
    CommandSpec(
        "conditions",
        USAGE,
        "Check new offers only, or used ones too.",
        Permission.WATCH,
        conditions,
        (
            Param("product", "Its ASIN, or a link to its page.", True, "product"),
            Param(
                "choice",
                "'new' for new offers only, 'all' for used ones too.",
                required=True,
                options=(NEW, ALL),
            ),
            Param("marketplace", "Such as US or DE.", suggest="marketplace"),
        ),
        group=HelpGroup.WATCH,
    ),
)
