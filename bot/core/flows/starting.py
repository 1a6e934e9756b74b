"""Starting a flow from a command or a button."""

from __future__ import annotations

import uuid
from typing import TypeVar

from bot.core.collections import SESSIONS
from bot.core.flows.engine import Questions, begin
from bot.core.flows.forms import FlowForm, known_in
from bot.core.flows.sessions import FlowSession
from bot.core.interactions import Ask
from bot.core.request import RequestContext

F = TypeVar("F", bound=FlowForm)


def start_flow(ctx: RequestContext, flow: Questions[F], known: F | None = None) -> Ask:
    """Begin a session of the flow, store it and ask its first question.

    What is ``known`` of the first question's inputs is filled in and can be changed.
    """
    kept = known_in(known) if known is not None else {}
    session = FlowSession(
        id=uuid.uuid4().hex,
        flow=flow.id,
        version=flow.version,
        started_at=ctx.app.clock(),
        started_by=ctx.who.id,
        subject=str(kept.pop("subject", "")),
        facts=kept,
    )
    session, ask = begin(flow, session)
    ctx.tx.create(SESSIONS, session)
    return ask
