"""Forms as a flow asks them, after some answers."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.bootstrap.features import FLOWS
from bot.core.flows.engine import Done, advance, begin
from bot.core.flows.sessions import FlowSession
from bot.core.forms import Answers
from bot.core.interactions import Ask
from tests.fakes import START as NOW


def asked(name: str, facts: Mapping[str, object], *given: tuple[str, Answers]) -> Ask:
    """Return the question where a flow stands after these answers."""
    flow = FLOWS[name]
    session = FlowSession(
        id="0" * 32, flow=name, version=flow.version, started_at=NOW, started_by="ana"
    )
    session, ask = begin(flow, msgspec.structs.replace(session, facts=dict(facts)))
    for step, answers in given:
        session, following = advance(flow, session, step, answers)
        assert not isinstance(following, Done)
        ask = following
    return ask
