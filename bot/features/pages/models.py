"""What is known of a product's page: how the team approved it, and how it differs from that."""

from __future__ import annotations

import enum
from datetime import datetime

import msgspec

from bot.core.findings import Severity
from bot.core.listing_content import ListingContent
from bot.core.permissions import Person

FIELD_NAMES = {
    "brand": "Brand",
    "title": "Title",
    "main-image": "Main image",
    "family": "Variation family",
    "bullets": "Bullets",
    "description": "Description",
    "images": "Other images",
    "product-type": "Product type",
    "aplus": "A+ content",
}
"""What people call the parts of a page, by the words that are stored; in the order of cards."""


class PageState(enum.StrEnum):
    """How a page stands with the team. The values are stored."""

    AGREES = "agrees"
    """Not approved yet; it says the same as our own listing data."""
    DIFFERS = "differs"
    """Not approved yet; it says something else than our own listing data."""
    UNCOMPARED = "uncompared"
    """Not approved yet; there is nothing to compare it with, or it could not be read."""
    APPROVED = "approved"
    ENDED = "ended"
    """The product is not watched any more; undoing that brings the page back."""


WAITING = (PageState.AGREES, PageState.DIFFERS, PageState.UNCOMPARED)
"""The states of pages that nobody approved yet."""
COUNTED = (*WAITING, PageState.APPROVED)
"""The states by which a request counts its pages; each is the name of its number."""


class PageChange(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a buyer understands differently, as it was told."""

    field: str
    """The part of the page; a key of ``FIELD_NAMES``."""
    severity: Severity
    summary: str
    """One sentence without its full stop."""
    before: str
    """What it was, short."""
    after: str
    fingerprint: str
    """Names the field and what it says now."""

    @property
    def signal(self) -> str:
        """The signal that it raises in the page's case."""
        return f"page-{self.field}"


class GuardedPage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The page of one watch: its baseline, and what was told of it since.

    A baseline that nobody approved is what the page said when it was first read: a later change is
    told all the same.
    """

    key: str
    """The watch's key."""
    state: PageState
    resumes: PageState | None = None
    """The state to come back to, of an ended one."""
    baseline: ListingContent
    read_at: datetime
    """When the page was read that is the baseline."""
    offer: str = ""
    """The request in whose card it waits for approval, or waited."""
    approved_by: Person | None = None
    approved_at: datetime | None = None
    uncompared: str = ""
    """Why it could not be compared with our own listing data; empty where it was."""
    passing: bool = False
    """That reason may pass by itself: it is tried again."""
    own: ListingContent | None = None
    """Our own listing data, where the page says something else."""
    differences: tuple[PageChange, ...] = ()
    """How it differed from our own listing data when it was first read."""
    page: ListingContent | None = None
    """The page as it was told last; None: as the baseline."""
    changes: tuple[PageChange, ...] = ()
    """What was told and goes on."""
    doubts: tuple[str, ...] = ()
    """Fingerprints of what one reading showed as empty, until a second one does."""
    accepted: tuple[str, ...] = ()
    """Fingerprints of what the team said was its own doing, and of what the page said before."""
    before: tuple[str, ...] = ()
    """Fingerprints of what the baseline says, in the parts that changed."""
    unchecked: dict[str, datetime] = {}
    """Parts that could not be compared, by the key of ``FIELD_NAMES``, and since when."""
    partly: bool = False
    """There are such, where an index can find it."""

    @property
    def approved(self) -> bool:
        """Tell whether a person approved the baseline."""
        return self.state is PageState.APPROVED


class ApprovalState(enum.StrEnum):
    """How far a request for approval got. The values are stored."""

    GATHERING = "gathering"
    """Pages are still read for the first time; nobody was asked yet."""
    ASKED = "asked"
    APPROVING = "approving"
    """What agrees is being approved."""
    RETURNING = "returning"
    """What was approved at once waits again, page after page: it was undone."""
    DONE = "done"
    """Nothing of it waits any more."""


class PageApproval(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One request to approve pages: a card for all that were first read at about the same time."""

    id: str
    asked_at: datetime
    """When the first of its pages was read."""
    grew_at: datetime
    """When the last one was."""
    state: ApprovalState = ApprovalState.GATHERING
    agrees: int = 0
    differs: int = 0
    uncompared: int = 0
    """How many of its pages wait, by their state."""
    approved: int = 0
    shown: tuple[int, ...] = ()
    """The numbers that its card shows."""
    by: Person | None = None
    """Who had everything approved that agrees."""
    batch: datetime | None = None
    """When they did: the moment with which each of those pages is marked."""
    returned: datetime | None = None
    """The moment of the approval that was undone, while its pages are put back."""
    last: str = ""
    """The key of the page that was approved, or put back, last: a restart goes on behind it."""

    @property
    def message(self) -> str:
        """The name of its card."""
        return f"pages-{self.id}"

    @property
    def numbers(self) -> tuple[int, ...]:
        """What its card counts."""
        return (self.agrees, self.differs, self.uncompared, self.approved)

    @property
    def total(self) -> int:
        """How many pages it asks about."""
        return sum(self.numbers)

    @property
    def waiting(self) -> int:
        """How many nobody approved yet."""
        return self.total - self.approved

    def moved(self, before: PageState | None, after: PageState) -> PageApproval:
        """Return it with one page in another state; None: it was not in it before."""
        counts = {state.value: getattr(self, state.value) for state in COUNTED}
        if before in COUNTED:
            counts[before.value] = max(0, counts[before.value] - 1)
        if after in COUNTED:
            counts[after.value] += 1
        changed = msgspec.structs.replace(self, **counts)
        if changed.state is ApprovalState.DONE and changed.waiting:
            # What was approved was undone.
            return msgspec.structs.replace(changed, state=ApprovalState.ASKED)
        return changed


class PageHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How pages stand."""

    waiting: int = 0
    """Pages whose baseline nobody approved yet."""
    differing: int = 0
    """Those of them that differ from our own listing data."""
    partly: int = 0
    """Pages of which some part cannot be compared."""
    parts: tuple[tuple[str, int], ...] = ()
    """Those parts, the most frequent first, and on how many of the first pages."""
