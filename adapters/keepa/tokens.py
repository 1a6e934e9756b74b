"""Keepa's tokens: what is left of them, and what is kept back for people who wait. Pure.

Unused tokens expire after an hour (source: Keepa's plans), so the bucket holds an hour of refill.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.core.seller_facts import FactsBudget
from bot.errors import QuotaExceeded

MINUTES = 60
"""So many minutes of refill the bucket holds."""
KEPT_BACK = 5
"""One part in so many of the bucket is for people who wait."""
LONGEST_PAUSE = 3600.0
"""Seconds. A longer pause is nonsense and cut to this."""
MOST = 10**7
"""Tokens. No plan has more."""


class TokenBucket:
    """The tokens of one key. ``monotonic`` tells seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Know nothing yet: the first question may always go."""
        self._monotonic = monotonic
        self._left: int | None = None
        self._refill: int | None = None
        self._as_of = monotonic()
        self._not_before = self._as_of
        self._trouble = ""

    @property
    def budget(self) -> FactsBudget:
        """Tell what is left by now."""
        left = None if self._left is None else self._now_left()
        return FactsBudget(left, self._refill, self._trouble)

    def learn(self, left: int | None, refill: int | None) -> None:
        """Take over what an answer says; what cannot be true is passed over."""
        if refill is not None and 0 <= refill <= MOST:
            self._refill = refill
        if left is not None and abs(left) <= MOST:
            self._left, self._as_of = left, self._monotonic()

    def spend(self, cost: int) -> None:
        """Count what a question costs that is on its way, until its answer says what is left."""
        if self._left is not None:
            self._left, self._as_of = self._now_left() - cost, self._monotonic()

    def pause(self, seconds: float) -> None:
        """Ask nothing for so long: Keepa refused for lack of tokens."""
        rest = min(max(seconds, 0.0), LONGEST_PAUSE)
        self._not_before = max(self._not_before, self._monotonic() + rest)

    def worked(self) -> None:
        """Forget the trouble: the latest question was answered."""
        self._trouble = ""

    def failed(self, why: str) -> None:
        """Remember why the latest question was not answered."""
        self._trouble = why

    def require(self, cost: int, *, waited_for: bool) -> None:
        """Let a question of that cost go.

        Raises:
            QuotaExceeded: there are too few tokens; it says for how long.
        """
        seconds = self._short(cost, waited_for=waited_for)
        if seconds > 0:
            minutes = -(-seconds // 60)
            message = (
                f"Too few Keepa tokens are left. They refill in about {minutes:.0f} min; a larger "
                "Keepa plan refills faster."
            )
            raise QuotaExceeded(message, min(seconds, LONGEST_PAUSE))

    def _short(self, cost: int, *, waited_for: bool) -> float:
        """Return the seconds until there are enough tokens."""
        pause = self._not_before - self._monotonic()
        if self._left is None:
            return pause
        bucket = (self._refill or 0) * MINUTES
        # A small plan must not wait for more than its bucket ever holds.
        wanted = min(cost, bucket) if bucket else cost
        if not waited_for:
            wanted = min(wanted + bucket // KEPT_BACK, max(bucket, wanted))
        missing = wanted - self._now_left()
        if missing <= 0:
            return pause
        return max(pause, missing * 60 / self._refill if self._refill else LONGEST_PAUSE)

    def _now_left(self) -> int:
        """Return what is left, with what has come since it was told."""
        left, refill = self._left or 0, self._refill or 0
        gained = int((self._monotonic() - self._as_of) / 60 * refill)
        return max(left, min(left + gained, refill * MINUTES))
