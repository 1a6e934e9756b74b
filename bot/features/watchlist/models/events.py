"""What happens to what is watched, for the features that go on from there."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.listing import Watch
from bot.core.permissions import Person


class TrustChanged(msgspec.Struct, frozen=True):
    """The team trusts a seller on other products than before."""

    seller: str
    """Their ID."""


class WatchNarrowed(msgspec.Struct, frozen=True):
    """Of a product, only new offers are looked at from now on."""

    watch: Watch
    who: Person
    at: datetime


class WatchEnded(msgspec.Struct, frozen=True):
    """A product is not watched any more."""

    watch: Watch
    who: Person
    at: datetime
