"""Reports: what is filed at Amazon, and what becomes of it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.files import Upload
from bot.core.labeled import LabeledEnum, Recommendation
from bot.core.permissions import Person
from bot.core.removed_words import REMOVED
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds


class ReportState(LabeledEnum):
    """How far a report is (facts: statuses)."""

    DRAFT = "draft", "Draft"
    CONFIRMED = "confirmed", "Confirmed, not filed yet"
    FILED = "filed", "Filed"
    REVIEW = "under-review", "Under review"
    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly-accepted", "Partly accepted"
    REFUSED = "not-accepted", "Not accepted"
    WANTED = "more-wanted", "Amazon wants more"
    RETRACTED = "retracted", "Retracted"
    """A person took it back at Amazon."""
    DISCARDED = "discarded", "Discarded"
    """It was never filed, and will not be."""
    CLOSED = "closed", "Closed"


TO_BE_FILED = frozenset({ReportState.DRAFT, ReportState.CONFIRMED})
"""States in which its newest text is still to be filed."""

WITH_AMAZON = frozenset(
    {ReportState.FILED, ReportState.REVIEW, ReportState.WANTED, ReportState.PARTLY}
)
"""States in which Amazon may still say something."""

ANSWERED = frozenset({ReportState.ACCEPTED, ReportState.PARTLY, ReportState.REFUSED})
"""States that are Amazon's word on it."""

OVER = frozenset({ReportState.RETRACTED, ReportState.DISCARDED, ReportState.CLOSED})


class RejectionReason(LabeledEnum):
    """Why Amazon did not accept a report (facts: what gets a report rejected)."""

    EVIDENCE = "evidence", "Not enough evidence"
    NOT_FOUND = "not-found", "Listing not found"
    AUTHORISED = "authorised", "Seller is an authorized distributor"
    WRONG_RIGHT = "wrong-right", "Wrong right or wrong country"
    VAGUE = "vague", "Too vague or incomplete"
    OTHER = "other", "Another reason, or none given"

    @property
    def advice(self) -> str:
        """Say what to do about it."""
        return _ADVICE[self]


_ADVICE = {
    RejectionReason.EVIDENCE: ("Add a test buy and photos next to the genuine product."),
    RejectionReason.NOT_FOUND: (
        "If the offer is gone, wait 48 hours. If it comes back, report it again."
    ),
    RejectionReason.AUTHORISED: ("Check your agreements, and ask a lawyer about this seller."),
    RejectionReason.WRONG_RIGHT: "Check the right in /rights: country, number and status.",
    RejectionReason.VAGUE: "Say when, which order, what you observed and how you verified it.",
    RejectionReason.OTHER: "Open a Brand Registry case and quote the complaint ID.",
}


class Version(msgspec.Struct, frozen=True):
    """One version of a report's text."""

    text: str
    at: datetime
    by: Person


class Packet(msgspec.Struct, frozen=True, kw_only=True):
    """What was made of a confirmed report."""

    pdf: Upload
    archive: Upload
    seal: str
    made_at: datetime


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report to Amazon: one claim against one seller, or about our own page."""

    number: int
    case: str
    """The case's key."""
    recommendation: Recommendation = msgspec.field(name="door")
    claim: Claim
    marketplace: str
    asins: tuple[str, ...]
    seller: str
    grounds: Grounds
    right: str = ""
    """The key of the right that it rests on."""
    reasons: tuple[str, ...] = ()
    """Why this door."""
    language: str = "en"
    versions: tuple[Version, ...] = ()
    no_orders: str = ""
    """Why there is no order record."""
    state: ReportState = ReportState.DRAFT
    open: bool = True
    """Something is still to be done about it."""
    drafted_at: datetime
    drafted_by: Person
    confirmed_at: datetime | None = None
    confirmed_by: Person | None = None
    packet: Packet | None = None
    packet_deleted_at: datetime | None = None
    """When its packet was deleted, because the team keeps it no longer."""
    seal: str = ""
    """The seal of its packet, where that was deleted with the words of the report."""
    handed_over: tuple[str, ...] = ()
    """Names of the messages that handed packets over, the newest last: each shows its text."""
    filed_at: datetime | None = None
    filed_by: Person | None = None
    complaint: str = ""
    """Amazon's own ID of it."""
    answered_at: datetime | None = None
    verdict: ReportState | None = None
    """Amazon's last word on it, whatever the team did then."""
    refusal: RejectionReason | None = None
    removed_at: datetime | None = None
    """When a check saw that the offer was gone."""
    away_at: datetime | None = None
    """When a check last saw that the offer was gone: later than ``removed_at`` after a return."""
    returned_at: datetime | None = None
    """When the seller came back; None: the offer is gone, or never was."""
    trusted: bool = False
    """The team trusts the seller who is back, so that nothing is to be done about it."""
    follow_up: int | None = None
    """The number of the report that was drafted upon this one, to try again or upon a return."""
    alert: str = ""
    """The name of the message that told of the last return."""
    due_at: datetime | None = None
    """When somebody should look after it."""
    reminded: int = 0
    refiles: int | None = None
    """The number of the report that it tries again."""
    follows: int | None = None
    """The number of the report whose seller came back, for which it was drafted."""
    evidence: tuple[str, ...] = ()
    """Kinds of evidence that it had when it was filed."""

    def __post_init__(self) -> None:
        """Call discarded what was never filed; an earlier version called it retracted."""
        if self.state is ReportState.RETRACTED and self.filed_at is None:
            msgspec.structs.force_setattr(self, "state", ReportState.DISCARDED)

    @property
    def key(self) -> str:
        """The report's name in the store; sorts by number."""
        return report_key(self.number)

    @property
    def label(self) -> str:
        """The report as people call it: ``R-3``."""
        return f"R-{self.number}"

    @property
    def is_back(self) -> bool:
        """Tell whether its seller is back, is not trusted, and no report was drafted upon that."""
        if self.returned_at is None or self.trusted or self.follow_up is not None:
            return False
        return self.open or self.state is ReportState.CLOSED

    @property
    def accuses(self) -> bool:
        """Tell whether it was filed against a seller, and the team did not retract it."""
        filed = self.filed_at is not None and self.state is not ReportState.RETRACTED
        return bool(self.seller) and filed

    @property
    def accepted(self) -> bool:
        """Tell whether Amazon accepted it, at least in part."""
        return self.verdict in (ReportState.ACCEPTED, ReportState.PARTLY)

    @property
    def upheld(self) -> bool:
        """Tell whether Amazon accepted it and the team stands by it, open or closed."""
        return self.accepted and (self.open or self.state is ReportState.CLOSED)

    @property
    def removable(self) -> tuple[Version, ...]:
        """The versions whose text can be removed: not one that is still to be filed."""
        some = self.versions[:-1] if self.state in TO_BE_FILED else self.versions
        return tuple(version for version in some if version.text != REMOVED)

    @property
    def text(self) -> str:
        """The newest version of its text."""
        return self.versions[-1].text if self.versions else ""


def report_key(number: int) -> str:
    """Return the key of the report with that number."""
    return f"{number:06d}"


def text_changed(report: Report) -> str:
    """Return what an entry of its case ends with that tells what was changed in its text."""
    return f"changed the text of {report.label}."


REASON = "Reason"
"""The fact of an entry that says why a person did it."""


def confirmed_told(report: Report) -> str:
    """Return what an entry of its case ends with that tells who confirmed it."""
    return f"confirmed {report.label}."


def discarded_told(report: Report) -> str:
    """Return what an entry of its case ends with that tells who discarded it."""
    return f"discarded {report.label}."


AMAZONS_WORDS = "In Amazon's words"
"""The fact of such an entry that a person wrote."""


def answer_told(report: Report) -> str:
    """Return what an entry of its case begins with that tells what Amazon said."""
    return f"Amazon on {report.label}: "
