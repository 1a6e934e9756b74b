"""How a flow ends: who may finish it, and what then happens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.flows.engine import Given, Questions
from bot.core.flows.sessions import FlowSession
from bot.core.interactions import Reply
from bot.core.permissions import Permission
from bot.core.request import RequestContext

Finish = Callable[[RequestContext, FlowSession, Given], Awaitable[Sequence[Reply]]]
"""Does what the answers ask for, in the transaction of the last one."""


@dataclass(frozen=True)
class FlowEnd:
    """A flow with its end."""

    flow: Questions[Any]
    right: Permission
    finish: Finish
