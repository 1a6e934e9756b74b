"""When to try again: a message that was refused, and a chat that takes nothing at all."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.chat_troubles import Topic

SLOWEST = 300.0
"""Seconds. The longest pause between two tries of one message."""
SLOWEST_PROBE = 360.0
"""Seconds. The longest pause between two tries whether a chat takes messages again."""
LONGEST_ASKED = 86_400.0
"""Seconds. A longer pause that a chat asks for is taken for nonsense and cut to this."""
NEVER = float("-inf")
"""Before every moment."""
ROTATE = 10
"""Every so many probes take another message: it may be the message that is at fault."""
FRESH = 3
"""The first so many probes take different messages."""


def pause_after(attempts: int) -> float:
    """Return the seconds until a message may be tried again after so many tries."""
    return min(2.0 ** min(attempts, 10), SLOWEST)


@dataclass
class ChatBreaker:
    """Whether a chat takes messages; while it does not, one probe at a time finds out.

    All moments are seconds of a clock that only grows.
    """

    topic: Topic | None = None
    """What is out: the chat, or the channel for alerts; None while it works."""
    posting: bool = False
    """New messages are refused: that changes of old ones are taken does not end it."""
    tries: int = 0
    next_at: float = NEVER

    @property
    def out(self) -> bool:
        """Tell whether it takes nothing."""
        return self.topic is not None

    def open(
        self, topic: Topic, now: float, retry_after: float | None, *, posting: bool = False
    ) -> None:
        """Note that it took nothing; the next probe is due later each time."""
        self.topic = topic
        self.posting = self.posting or posting
        asked = min(retry_after, LONGEST_ASKED) if retry_after is not None else 0.0
        self.next_at = now + max(asked, min(2.0 ** min(self.tries, 10), SLOWEST_PROBE))
        self.tries += 1

    def close(self) -> None:
        """Note that it takes messages."""
        self.topic = None
        self.posting = False
        self.tries = 0
        self.next_at = NEVER

    def probe_now(self) -> None:
        """Let the next probe be due: something was changed that may have mended it."""
        self.next_at = NEVER

    def due(self, now: float) -> bool:
        """Tell whether a probe is due."""
        return now >= self.next_at

    @property
    def rotates(self) -> bool:
        """Tell whether the next probe takes another message than the last one."""
        return self.tries < FRESH or self.tries % ROTATE == 0
