"""What a person did, as it was told to the program, and the program's ack."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from tests.platforms.slack.state import Json

Accept = Callable[[Json | None], None]
"""Shows the person what the ack says; called once, when the ack comes in time."""


@dataclass(eq=False)
class Act:
    """One delivery: ``kind`` is slash_commands, interactive or events_api."""

    kind: str
    payload: Json
    accept: Accept
    retry: int = 0
    """The number of the redelivery; 0 is the first delivery."""
    retry_reason: str = "timeout"
    delivered: bool = False
    """It was sent; without a connection it is not."""
    sent_at: float = field(default_factory=time.monotonic)
    acked_at: float | None = None
    answer: Json | None = None
    """The payload of the ack."""
    late: bool = False
    """The ack came, but nobody waited for it any more."""
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acked(self) -> bool:
        """Tell whether the ack came in time."""
        return self.acked_at is not None and not self.late

    @property
    def latency(self) -> float:
        """Seconds from sending to the ack."""
        assert self.acked_at is not None, f"never acked: {self.kind} {self.payload.get('type')}"
        return self.acked_at - self.sent_at

    def take_ack(self, answer: Json | None, patience: float) -> None:
        """Note the ack, and show it if the person still waits."""
        self.acked_at = time.monotonic()
        self.answer = answer
        self.late = self.latency > patience
        if not self.late:
            self.accept(answer)
        self.done.set()


class Courier(Protocol):
    """Brings acts to the program: over a websocket, or by HTTP."""

    async def bring(self, act: Act, patience: float) -> None:
        """Send it, and wait so many seconds for its ack."""
        ...
