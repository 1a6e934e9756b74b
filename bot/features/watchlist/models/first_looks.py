"""How far the first looks at many new products have come, and what they showed."""

from __future__ import annotations

from datetime import datetime

import msgspec


class FirstLooks(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The first looks at what a preview had watched, until all products were looked at."""

    id: str
    """The preview's."""
    since: datetime
    seen: LookedAt | None = None
    """What the card says; None: there is none yet."""

    @property
    def message(self) -> str:
        """The name of its card."""
        return f"first-looks-{self.id}"


class LookedAt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was seen so far, of all products together."""

    products: int
    checked: int = 0
    """Seen at least once."""
    failing: dict[str, int] = {}
    """How many could not be checked, by why."""
    strangers: dict[str, int] = {}
    """On how many products each unknown seller is, those of most products first."""

    @property
    def tried(self) -> int:
        """How many somebody looked at, with or without success."""
        return self.checked + sum(self.failing.values())

    @property
    def done(self) -> bool:
        """Tell whether all were looked at."""
        return self.tried >= self.products
