"""What the team itself writes down of a seller."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.money import Money
from bot.core.permissions import Person


class SellerNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A seller as the team calls them, what was agreed with them, and what to know of them."""

    seller: str
    """Amazon's ID, which is also the name in the store."""
    nickname: str = ""
    agreed: Money | None = None
    """The lowest price that they agreed to ask."""
    note: str = ""
    by: Person
    at: datetime

    @property
    def words(self) -> tuple[str, ...]:
        """The texts that people wrote."""
        return tuple(filter(None, (self.nickname, self.note)))
