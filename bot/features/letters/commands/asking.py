"""Asking again: what only the store can refuse is said beside the input, like all that is wrong."""

from __future__ import annotations

import msgspec

from bot.core.collections import SESSIONS
from bot.core.flows.engine import resume
from bot.core.flows.forms import Errors
from bot.core.flows.sessions import FlowSession
from bot.core.interactions import Ask
from bot.core.request import RequestContext


def ask_again(ctx: RequestContext, session: FlowSession, errors: Errors) -> Ask:
    """Ask a finished flow's last step once more, with what is wrong by the name of the input."""
    again = msgspec.structs.replace(session, path=session.path[:-1], errors=errors)
    again, ask = resume(
        ctx.app.features.flows[session.flow].flow,  # type: ignore[union-attr]
        again,
    )
    ctx.tx.put(SESSIONS, again)
    return ask
