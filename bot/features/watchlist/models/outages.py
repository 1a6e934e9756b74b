"""What is known, and was told, of products that cannot be checked."""

from __future__ import annotations

from datetime import datetime

import msgspec

ACCOUNT = "account"
"""The scope of a fault that keeps every region from being asked: the login is refused."""


class SourceFault(msgspec.Struct, frozen=True):
    """Why no product can be looked at, for the whole account or in one region."""

    scope: str
    """``ACCOUNT``, or the region's name."""
    why: str
    since: datetime
