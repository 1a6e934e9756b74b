"""Starting a flow from a command or a button."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from bot.core.collections import SESSIONS
from bot.core.flows.engine import FlowSession, begin
from bot.core.forms import Answers
from bot.core.interactions import Ask
from bot.core.request import RequestContext


def start_flow(
    ctx: RequestContext,
    name: str,
    *,
    subject: str = "",
    facts: Mapping[str, str] | None = None,
    draft: Answers | None = None,
) -> Ask:
    """Begin a session of the flow, store it and ask its first question.

    ``draft`` are answers to it that are known already; they can be changed.
    """
    flow = ctx.app.features.flows[name].flow
    session = FlowSession(
        id=uuid.uuid4().hex,
        flow=flow.id,
        version=flow.version,
        started_at=ctx.app.clock(),
        started_by=ctx.who.id,
        subject=subject,
        facts=dict(facts or {}),
    )
    session, ask = begin(flow, session, draft)
    ctx.tx.create(SESSIONS, session)
    return ask
