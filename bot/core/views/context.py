"""What every view needs to know besides its subject."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from bot.core import cards
from bot.core.cards import Field, Tone
from bot.core.findings import Fact, Severity
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.team import Team
from bot.core.text import at_word, clip, one_line
from bot.core.when import moment

TONES = {
    Severity.INFO: Tone.INFO,
    Severity.WARNING: Tone.WARNING,
    Severity.CRITICAL: Tone.CRITICAL,
}

NARROW = 60
"""Characters of a fact that fit beside another one."""

NAME = 40
"""Characters of a product's name that say which one it is."""


class ViewContext(msgspec.Struct, frozen=True, kw_only=True):
    """The moment, the team that reads, where links lead, and products."""

    now: datetime
    team: Team
    links: Links
    products: Mapping[str, Watch] = {}

    def name_of(self, market: str, asin: str) -> str:
        """Return the product's title, or its ASIN where we do not know one."""
        watch = self.products.get(Watch.key_of(market, asin))
        return at_word(watch.name, NAME) if watch else asin

    def clock(self, at: datetime) -> str:
        """Say when, in the team's zone."""
        return moment(at, self.team)

    def field(self, fact: Fact) -> Field:
        """Show a fact."""
        long = len(fact.value) + (len(self.clock(fact.at)) + 1 if fact.at else 0)
        return field(fact.label, fact.value, wide=long > NARROW, at=fact.at)


def field(label: str, value: str, *, wide: bool = False, at: datetime | None = None) -> Field:
    """Make a field from any text; what is too long is cut visibly. It ends with ``at``."""
    shown = clip(value, cards.FIELD_VALUE) or ("" if at else "-")
    return Field(one_line(label, cards.FIELD_LABEL) or "-", shown, wide, at)
