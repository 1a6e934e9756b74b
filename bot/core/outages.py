"""What the channel was told of a failure that lasts."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Outage(msgspec.Struct, frozen=True):
    """What the channel was told of products that could not be checked."""

    name: str
    message: str
    since: datetime
    failing: int
    over: bool = False
