"""A flow: its questions, who may answer them, and what comes of the answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.core.flows.engine import Questions
from bot.core.flows.forms import FlowForm
from bot.core.interactions import Reply
from bot.core.permissions import Permission
from bot.core.request import RequestContext

F = TypeVar("F", bound=FlowForm)
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Flow(Questions[F], Generic[F, R]):
    """Questions in steps, and their end.

    ``finish`` calls the service with what was answered, in the transaction of the last answer;
    ``answer`` words its result. Both are called once.
    """

    permission: Permission
    finish: Callable[[RequestContext, F], Awaitable[R]]
    answer: Callable[[RequestContext, R], Sequence[Reply]]
