"""What the demo's team has behind it: invented, so that scores and analyses show something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from bot.core.collections import CHECKLIST_SCHEDULES, COUNTERS, TEAMS, Counter
from bot.core.labeled import AttackKind, Duty
from bot.core.mentions import Mention
from bot.core.permissions import Person
from bot.core.recurrence import ChecklistSchedule
from bot.core.store import Transaction
from bot.core.team import Team
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack, SourceKind
from bot.features.checklists.collections import ITEM_STATUSES, SCORES
from bot.features.checklists.models.definitions import Checklist, ProofKind
from bot.features.checklists.models.runs import Answer, ItemStatus, Proof
from bot.features.checklists.models.score_points import ScorePoint

ANA, BEN = Person("ana", "Ana"), Person("ben", "Ben")
FIRST = "account-security"
COMES_AFTER = timedelta(minutes=3)
"""The week's checklist comes while a newcomer still looks around."""
USERS = ("Ana Alder (owner)", "Ben Finch (listings)", "Lumen Agency (ads)")
"""Whom the last review knew; somebody else will be in the list that a newcomer pastes."""
LAST_WEEK, LONG_AGO = 7, 60
"""Days since the weekly items were done, and since the others were."""
UNDONE = ("api-keys", "drill", "photos", "expiring", "text")
"""Items that nobody has answered yet."""
WEEKS = (61, 61, 64, 70, 69, 74, 79, 78, 84, 87)
"""The score of the last weeks, in percent, the oldest first."""

SAUCEPAN, KETTLE, BOWLS, BOARD = "B0ALDER001", "B0ALDER002", "B0ALDER003", "B0ALDER004"
GREY, NEST = "A2GRAYMARKET9", "A3NESTANDCO77"
PAST = (
    (171, AttackKind.PHISHING, "", ()),
    (150, AttackKind.FOLLOW_UP, NEST, (KETTLE,)),
    (122, AttackKind.RETURNS, "", (SAUCEPAN,)),
    (101, AttackKind.FOLLOW_UP, GREY, (SAUCEPAN,)),
    (86, AttackKind.PHISHING, "", ()),
    (64, AttackKind.FOLLOW_UP, GREY, (SAUCEPAN, BOWLS)),
    (59, AttackKind.FOLLOW_UP, GREY, (BOARD,)),
    (38, AttackKind.FALSE_COMPLAINT, NEST, (KETTLE,)),
    (24, AttackKind.REVIEW_BOMBING, "", (SAUCEPAN,)),
    (23, AttackKind.REVIEW_BOMBING, "", (SAUCEPAN,)),
    (22, AttackKind.REVIEW_BOMBING, "", (SAUCEPAN,)),
    (22, AttackKind.REVIEW_BOMBING, "", (BOWLS,)),
    (21, AttackKind.REVIEW_BOMBING, "", (SAUCEPAN,)),
    (9, AttackKind.FOLLOW_UP, GREY, (BOWLS,)),
)
"""Days ago, the method, who, and on what."""


def remember(tx: Transaction, checklists: tuple[Checklist, ...], now: datetime) -> None:
    """Write the team's past down."""
    # The newcomer is Ana: what is asked first should be hers.
    duties = {Duty.LEAD.value: BEN, Duty.ACCOUNT.value: ANA}
    oncall = Mention(chat="web", id=BEN.id, name=BEN.name)
    tx.put(TEAMS, Team(duties=duties, oncall=(oncall,)))
    for status in _statuses(checklists, now):
        tx.put(ITEM_STATUSES, status)
    for week, percent in enumerate(reversed(WEEKS)):
        day = (now - timedelta(weeks=week + 1)).date().isoformat()
        tx.put(SCORES, ScorePoint(day=day, got=float(percent), of=100.0))
    for attack in _attacks(now):
        tx.put(ATTACKS, attack)
    tx.put(COUNTERS, Counter("attacks", len(PAST)))
    first = next(each for each in checklists if each.id == FIRST)
    coming = now + COMES_AFTER
    tx.put(
        CHECKLIST_SCHEDULES,
        ChecklistSchedule(checklist=FIRST, cadence=first.cadence, zone="UTC", next_at=coming),
    )


def _statuses(checklists: tuple[Checklist, ...], now: datetime) -> Iterator[ItemStatus]:
    for checklist in checklists:
        for item in checklist.items:
            if not checklist.cadence or item.id in UNDONE:
                continue
            days = LAST_WEEK if checklist.id == FIRST else LONG_AGO
            at = now - timedelta(days=days)
            users = item.proof is ProofKind.USERS and checklist.id == FIRST
            yield ItemStatus(
                checklist=checklist.id,
                item=item.id,
                answer=Answer.DONE,
                at=at,
                who=BEN,
                expires_at=at + timedelta(days=item.expires or 2 * days),
                proof=Proof(kind=ProofKind.USERS, entries=USERS) if users else None,
            )


def _attacks(now: datetime) -> Iterator[Attack]:
    for number, (days, kind, source, asins) in enumerate(PAST, start=1):
        day = (now - timedelta(days=days)).date()
        began = datetime.combine(day, time(12), UTC)
        yield Attack(
            number=number,
            kind=kind,
            source_kind=SourceKind.SELLER if source else SourceKind.UNKNOWN,
            source=source,
            began_at=began,
            marketplace="US",
            asins=asins,
            case=0,
            logged_by=ANA,
            logged_at=began,
        )
