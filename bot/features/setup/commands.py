"""/start, and the buttons of the first run and of test alerts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.cards import Tone
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr, tr_data
from bot.core.mentions import called
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, RequestContext
from bot.core.text import clip
from bot.features.setup.collections import FIRST_RUNS
from bot.features.setup.models import FIRST
from bot.features.setup.service.steps import begin_setup, check_login, hide_setup, show_steps
from bot.features.setup.service.trying import acknowledge_trial, delete_trial, send_trial
from bot.features.setup.views.steps import ALONE, CALL, CHECK, HIDE, SAID, SEND
from bot.features.setup.views.trial import DELETE, SEEN


async def start(ctx: RequestContext) -> Sequence[Reply]:
    """Post the steps in the channel, as far as they are."""
    await begin_setup(ctx.app, ctx.tx)
    return [Notice(tr("The setup is in the channel for alerts."))]


async def check(ctx: RequestContext) -> Sequence[Reply]:
    """Ask Amazon whether the login works."""

    async def asked() -> Sequence[Reply]:
        found = await check_login(ctx.app)
        if found is None:
            return [Notice(tr("There is no Amazon account to check."))]
        if found.why:
            said = clip(tr("Could not check: {why}", why=tr_data(found.why)), SAID)
            return [Notice(said, Tone.WARNING)]
        return [Notice(tr("The login was accepted."), Tone.GOOD)]

    return ctx.outside(asked)


async def work_alone(ctx: RequestContext) -> Sequence[Reply]:
    """Go on without another chat."""
    first = await ctx.tx.get(FIRST_RUNS, FIRST)
    if first is not None and not first.alone:
        await show_steps(ctx.app, ctx.tx, msgspec.structs.replace(first, alone=True))
    return [Notice(tr("You can connect a chat whenever you like; the README says how."))]


async def hide(ctx: RequestContext) -> Sequence[Reply]:
    """Fold the steps away."""
    await hide_setup(ctx.app, ctx.tx)
    return [Notice(tr("To go on where you stopped, type /start."))]


async def send(ctx: RequestContext) -> Sequence[Reply]:
    """Send a test alert; it mentions on-call only where the button says so."""
    wanted = ctx.text == CALL
    mentions = await send_trial(ctx.app, ctx.tx, ctx.who, call=wanted)
    if mentions:
        told = tr("Sent a test alert that mentions {names}.", names=called(mentions))
    elif wanted:
        told = tr(
            "Sent a test alert. It mentions no one, because no one is on call for critical "
            "alerts. See /settings."
        )
    else:
        told = tr("Sent a test alert. It mentions no one.")
    return [Notice(told, Tone.GOOD)]


async def acknowledge(ctx: RequestContext) -> Sequence[Reply]:
    """Acknowledge a test alert."""
    await acknowledge_trial(ctx.app, ctx.tx, ctx.text, ctx.who)
    return [Notice(tr("Acknowledged the test alert."), Tone.GOOD)]


async def delete(ctx: RequestContext) -> Sequence[Reply]:
    """Delete a test alert."""
    await delete_trial(ctx.app, ctx.tx, ctx.text)
    return [Notice(tr("Deleted the test alert."))]


COMMANDS = (
    CommandSpec(
        "start",
        "/start",
        "Set up in four steps.",
        Permission.WORK_CASES,
        start,
        group=HelpGroup.SETUP,
        rank=0,
    ),
)
BUTTONS = (
    ClickSpec(CHECK, Permission.CONFIGURE, check),
    ClickSpec(ALONE, Permission.CONFIGURE, work_alone),
    ClickSpec(HIDE, Permission.CONFIGURE, hide),
    ClickSpec(SEND, Permission.WORK_CASES, send),
    ClickSpec(SEEN, Permission.WORK_CASES, acknowledge),
    ClickSpec(DELETE, Permission.WORK_CASES, delete),
)
