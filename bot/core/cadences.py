"""What the core asks of whoever reads cadences."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Cadences(Protocol):
    """Reads cron words."""

    def following(self, cadence: str, zone: str, after: datetime) -> datetime:
        """Return the first moment of the cadence after another one, in UTC.

        An hour that a clock change leaves out is made up for; one that comes twice counts once.

        Raises:
            UserError: the words make no cadence, or one that never comes.
        """
        ...
