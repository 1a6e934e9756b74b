"""Products that look like ours, what a person says of them, and a search for them."""

from __future__ import annotations

import enum
from datetime import datetime

import msgspec

from bot.core.catalog_search import CatalogItem, ProductLikeness
from bot.core.permissions import Person


class Verdict(enum.StrEnum):
    """What a person says that a product is; the machine says nothing of the kind."""

    OPEN = "open"
    """Nobody compared it yet."""
    OURS = "ours"
    COPY = "copy"
    OTHER = "other"


class Candidate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product that a search found, and one of ours that it looks like."""

    item: CatalogItem
    ours: CatalogItem
    likeness: ProductLikeness
    found_at: datetime
    verdict: Verdict = Verdict.OPEN
    by: Person | None = None
    decided_at: datetime | None = None
    case: str = ""
    """The key of the case that was opened for it."""
    number: int = 0
    """The number of that case."""

    @property
    def key(self) -> str:
        """Its name in the store, the same as that of a watch on it."""
        return self.item.key


class SearchState(enum.StrEnum):
    """How far a search got."""

    SEARCHING = "searching"
    DONE = "done"
    FAILED = "failed"


class CopycatSearch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A search for all watched products, one after the other."""

    id: str
    asked_at: datetime
    asked_by: Person | None = None
    """None: it is the weekly one."""
    state: SearchState = SearchState.SEARCHING
    products: int = 0
    """Watched products when it began."""
    after: str = ""
    """The key of the watch that was searched for last: a restart goes on behind it."""
    searched: int = 0
    found: int = 0
    """Products that look like ours and were not known before."""
    left: int = 0
    """Further ones that were not kept, because too many wait to be compared."""
    unread: int = 0
    """Watched products that could not be checked."""
    why: str = ""
    """Why the last of them could not be."""
    ended_at: datetime | None = None
    brands: tuple[str, ...] = ()
    """Our own brands, as the pages of watched products name them."""

    @property
    def message(self) -> str:
        """The name of its card."""
        return f"copycats-{self.id}"

    @property
    def told(self) -> bool:
        """Tell whether the channel has its card, once it is over."""
        return not self.weekly or bool(self.found) or self.state is SearchState.FAILED

    @property
    def weekly(self) -> bool:
        """Tell whether nobody asked for it."""
        return self.asked_by is None
