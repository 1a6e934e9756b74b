"""What is remembered of how Amazon rates our account."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.features.watchlist.models.listing_records import RunningProblem


class AccountRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account in one marketplace, as it was read last."""

    marketplace: str
    """The marketplace's code."""
    tried_at: datetime
    read_at: datetime | None = None
    """When its rating was read last; None: it never was."""
    status: str = ""
    """Amazon's word for it then."""
    why: str = ""
    """Why the last try to read the rating failed; empty: it did not."""
    inactive_why: str = ""
    """Why it is not known whether the listings are active; empty: it is."""
    running: dict[str, RunningProblem] = {}
    """What goes on and was told, by signal."""

    @property
    def unchecked(self) -> str:
        """Why something of it could not be checked; empty: all of it was."""
        return self.why or self.inactive_why
