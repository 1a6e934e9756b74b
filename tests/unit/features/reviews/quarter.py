"""The fourth quarter of 2026 as tests plant it; every helper makes one thing of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.labeled import AttackKind, Duty, Recommendation
from bot.core.permissions import Person
from bot.features.attacks.models import Incident
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.definitions import Area, Item
from bot.features.checklists.models.runs import Answer, Ending, ItemStatus, ProofDiff, Run, Task
from bot.features.letters.models.letters import Letter, LetterKind, LetterState
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import RejectionReason, Report, ReportState
from bot.features.reviews.models.facts import Facts
from bot.features.reviews.models.quarters import Quarter, span_of
from bot.features.reviews.models.reviews import Point
from bot.features.reviews.rules.draft import weigh
from bot.features.rights.models import (
    BrandRight,
    BrandRightKind,
    RightsDocument,
    RightsDocumentKind,
)

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
"""The first Monday after it."""
Q4 = Quarter(2026, 4)
ANA, BEN = Person("ana", "Ana"), Person("ben", "Ben")
THIEF = "A1QX7ZP9KD4W2M"
CALM = Facts(span=span_of(Q4, NOW, ZoneInfo("UTC")), now=NOW, zone="UTC", watched=2)
"""A quarter of which nothing is known."""


def on(month: int, day: int, hour: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def given(**facts: object) -> Facts:
    """Return the calm quarter with these facts."""
    return msgspec.structs.replace(CALM, **facts)


def headings(facts: Facts) -> list[str]:
    return [point.heading for point in weigh(facts)]


def only(facts: Facts) -> Point:
    """Return the only point."""
    [point] = weigh(facts)
    return point


def incident(
    ref: str,
    at: datetime,
    source: str = "",
    *asins: str,
    method: AttackKind = AttackKind.FOLLOW_UP,
    decided: bool = True,
) -> Incident:
    return Incident(at=at, method=method, source=source, asins=asins, ref=ref, decided=decided)


def task(id: str, answer: Answer = Answer.DONE, drift: str = "", case: int | None = None) -> Task:
    item = Item(id=id, title=id.capitalize(), why="Because.")
    found = ProofDiff(says=drift, alarming=True) if drift else None
    return Task(item=item, answer=answer, diff=found, case=case)


def run(
    number: int,
    *tasks: Task,
    posted: datetime | None = None,
    ending: Ending | None = Ending.ANSWERED,
    checklist: str = "account",
) -> Run:
    at = posted or on(11, number)
    return Run(
        number=number,
        checklist=checklist,
        title=f"Account security, week {number}",
        area=Area.SECURITY,
        duty=Duty.ACCOUNT,
        planned_at=at,
        posted_at=at,
        tasks=tasks,
        open=ending is None,
        ending=ending,
    )


def problem(item: str, since: datetime, case: int, checklist: str = "account") -> ItemStatus:
    return ItemStatus(
        checklist=checklist, item=item, answer=Answer.PROBLEM, at=since, since=since, case=case
    )


def report(
    number: int,
    verdict: ReportState | None,
    *,
    answered: datetime | None = None,
    refusal: RejectionReason | None = None,
    filed: datetime | None = None,
    removed: datetime | None = None,
) -> Report:
    filed = filed or on(10, 5)
    return Report(
        number=number,
        case="00000001",
        recommendation=Recommendation.POLICY,
        claim=Claim.COUNTERFEIT,
        marketplace="US",
        asins=("B0ALDER001",),
        seller=THIEF,
        grounds=Grounds.SUSPICION,
        drafted_at=filed,
        drafted_by=BEN,
        filed_at=filed,
        state=verdict or ReportState.FILED,
        verdict=verdict,
        answered_at=(answered or on(11, 2)) if verdict else None,
        refusal=refusal,
        removed_at=removed,
    )


def letter(
    number: int, sent: datetime, kind: LetterKind = LetterKind.SUPPORT, state: str = "sent"
) -> Letter:
    return Letter(
        number=number,
        kind=kind,
        situation="takeover",
        text="Please look.",
        written_by=ANA,
        written_at=sent,
        state=LetterState(state),
        sent_at=sent,
    )


def right(number: int, expires: date | None) -> BrandRight:
    return BrandRight(
        number=number,
        kind=BrandRightKind.TRADEMARK,
        name=f"MARK {number}",
        country="US",
        expires=expires,
    )


def paper(number: int, until: date | None) -> RightsDocument:
    return RightsDocument(
        number=number, kind=RightsDocumentKind.AUTHORISATION, name=f"Letter {number}", until=until
    )


def decision(
    number: int, text: str, due: date, *, done: datetime | None = None, owner: Person = BEN
) -> Decision:
    return Decision(
        number=number,
        review="000001",
        text=text,
        owner=owner,
        due=due,
        decided_by=ANA,
        decided_at=on(10, 5),
        done_at=done,
        open=done is None,
    )


def days_later(moment: datetime, days: int) -> datetime:
    return moment + timedelta(days=days)
