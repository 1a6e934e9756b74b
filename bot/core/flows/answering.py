"""What becomes of a form that was sent: the next one, what is wrong with it, or its flow's end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from bot.core.collections import SESSIONS
from bot.core.flows.confirming import CONFIRM_ACT, needed_for
from bot.core.flows.engine import Done, advance, ask_again, back, keep_draft, resume
from bot.core.flows.flow import Flow
from bot.core.flows.forms import WrongAnswers
from bot.core.flows.sessions import FlowSession
from bot.core.free_text import FreeTextDoor
from bot.core.interactions import Reply, Submission
from bot.core.interface import tr
from bot.core.request import RequestContext
from bot.errors import UserError


async def submitted(
    ctx: RequestContext, submission: Submission, door: FreeTextDoor
) -> Sequence[Reply]:
    """Take a form; after the last one the flow's end follows."""
    flow, session = await _session(ctx, submission.session)
    if submission.back:
        door.hold(submission)
        left = keep_draft(flow, session, submission.step, submission.answers)
        return _before(ctx, flow, left)
    stops = partial(door.stops, submission)
    session, step = advance(flow, session, submission.step, submission.answers, stops)
    if not isinstance(step, Done):
        if step.errors:
            door.hold(submission)
        else:
            door.taken(submission)
        ctx.tx.put(SESSIONS, session)
        return [step if step.errors else door.filled(step, ctx.who.id)]
    try:
        replies = flow.answer(ctx, await flow.finish(ctx, flow.read(step.answers)))
    except WrongAnswers as wrong:
        if ctx.tx.wrote:
            # Half a change must not stand: all of it is dropped, and the person told why.
            raise
        session, ask = ask_again(flow, session, wrong.errors)
        ctx.tx.put(SESSIONS, session)
        return [ask]
    ctx.tx.delete(SESSIONS, session.key)
    return replies


async def resumed(ctx: RequestContext, door: FreeTextDoor) -> Sequence[Reply]:
    """Ask again where a flow stands."""
    flow, session = await _session(ctx, ctx.text)
    session, ask = resume(flow, session)
    ctx.tx.put(SESSIONS, session)
    return [door.filled(ask, ctx.who.id)]


async def returned(ctx: RequestContext) -> Sequence[Reply]:
    """Ask the step before the one where a flow stands."""
    return _before(ctx, *await _session(ctx, ctx.text))


def _before(ctx: RequestContext, flow: Flow[Any, Any], session: FlowSession) -> Sequence[Reply]:
    session, ask = back(flow, session)
    ctx.tx.put(SESSIONS, session)
    return [ask]


async def _session(ctx: RequestContext, id: str) -> tuple[Flow[Any, Any], FlowSession]:
    """Return the flow of a session that goes on.

    Raises:
        NotAllowed: the person's role may not answer it.
        UserError: it is over, or of an older version.
    """
    session = await ctx.tx.get(SESSIONS, id)
    flow = ctx.app.features.flows.get(session.flow) if session else None
    if session is None or flow is None or flow.version != session.version:
        message = tr("This form was already sent or has expired. Press the button again.")
        raise UserError(message)
    asks_first = flow is CONFIRM_ACT
    needed = needed_for(ctx, session.facts.get("act")) if asks_first else flow.permission
    ctx.role.require(needed)
    return flow, session
