"""How Amazon rates our selling account in a marketplace. Pure.

Source: the report GET_V2_SELLER_PERFORMANCE_REPORT by its schema accountHealthReport-2020-11-18,
and getMarketplaceParticipations in the model sellers.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, runtime_checkable

import msgspec

NORMAL = "NORMAL"
AT_RISK = "AT_RISK"
"""Amazon may close the account."""
CLOSED = frozenset({"DEACTIVATED", "SUSPENDED"})
"""Amazon closed it; the schema names the first word, and its example the second."""


class AccountHealth(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the performance report says of a marketplace."""

    marketplace: str
    """The marketplace's code."""
    at: datetime
    status: str
    """``NORMAL`` or ``AT_RISK``, one of ``CLOSED``, or a word that may come."""
    warned: bool = False
    """The account health rating is a warning."""
    bad: tuple[str, ...] = ()
    """Names of the figures that miss Amazon's target, as the report calls them."""
    digest: str = ""
    """SHA-256 of the report, in hexadecimal."""
    asin: str = ""
    """Always empty: it is about no product."""


class HealthReading(msgspec.Struct, frozen=True):
    """What was read of the account's health, and the report that shows it."""

    result: AccountHealth
    raw: bytes


@runtime_checkable
class AccountHealthSource(Protocol):
    """A source that tells how the account is rated."""

    async def account_health(self, code: str) -> HealthReading:
        """Return the rating in a marketplace; it takes minutes, because Amazon makes a report.

        Raises:
            AccessRefused: the app's roles do not let it ask.
            SourceError: the answer is not known.
        """
        ...

    async def inactive_in(self, code: str) -> tuple[str, ...]:
        """Return the marketplaces where the account's listing status is set to Inactive.

        They are those of one region: that of the marketplace with the code ``code``.

        Raises:
            AccessRefused: the app's roles do not let it ask.
            SourceError: the answer is not known.
        """
        ...
