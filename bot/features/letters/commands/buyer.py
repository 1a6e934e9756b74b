"""/buyer: a message to one of our own buyers, drafted, linted, and sent by a person."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.starting import start_flow
from bot.core.interactions import Reply
from bot.core.languages import language_of
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, RequestContext
from bot.features.letters.flows.buyer import BUYER, BuyerForm


async def buyer(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what happened with which order."""
    return [start_flow(ctx, BUYER, BuyerForm(spoken=language_of(ctx.app.brand.home)))]


COMMANDS = (
    CommandSpec(
        "buyer",
        "/buyer",
        "Write to a buyer about an order.",
        Permission.WORK_CASES,
        buyer,
        group=HelpGroup.ATTACKS,
    ),
)
