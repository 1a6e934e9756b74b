"""What the sample's team has behind it besides the demo's past: invented, to fill a review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.cli.demo_past import ANA, BEN, BOARD, BOWLS, FIRST, GREY, KETTLE, NEST, SAUCEPAN
from bot.core.collections import CHECKLIST_SCHEDULES, COUNTERS, TEAMS, Counter
from bot.core.findings import SELLER, Severity
from bot.core.labeled import Recommendation
from bot.core.recurrence import ChecklistSchedule
from bot.core.store import Transaction
from bot.core.team import Team
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.models.cases import Case, CloseReason
from bot.features.cases.models.signals import Affected, Lead, Signal
from bot.features.checklists.collections import DECISIONS, RUNS
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.definitions import Checklist
from bot.features.checklists.models.runs import Answer, Ending, Run, Task
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import RejectionReason, Report, ReportState
from bot.features.reports.rules import steps

ZONE = "America/New_York"
"""Where the team of the home marketplace lives."""
ONCE, TWICE = "A2PASSINGBY001", "A3PASSINGBY002"
MON, TUE, WED, FRI, SAT, SUN = 0, 1, 2, 4, 5, 6
SIGHTINGS = (
    (19, TUE, 11, NEST, KETTLE),
    (17, FRI, 20, GREY, SAUCEPAN),
    (14, SAT, 9, ONCE, BOARD),
    (13, FRI, 20, GREY, SAUCEPAN),
    (11, FRI, 20, GREY, BOWLS),
    (10, WED, 15, TWICE, KETTLE),
    (9, FRI, 20, GREY, SAUCEPAN),
    (8, FRI, 21, GREY, BOARD),
    (7, MON, 8, NEST, KETTLE),
    (6, FRI, 20, GREY, SAUCEPAN),
    (5, SUN, 23, NEST, KETTLE),
    (4, FRI, 20, GREY, SAUCEPAN),
    (4, FRI, 20, GREY, BOWLS),
    (4, SAT, 22, GREY, BOARD),
    (2, FRI, 20, GREY, SAUCEPAN),
    (1, TUE, 14, TWICE, KETTLE),
)
"""What the watch found: weeks ago, weekday, hour in the team's zone, who, and on what."""
STAYED = timedelta(days=3)
FILED = ((1, 4, None), (4, 3, None), (8, 0, RejectionReason.VAGUE), (9, 9, None), (11, 2, None))
"""Reports: of which sighting, days until the offer was gone, and why Amazon refused it."""
ASKED = 9
"""Weeks in which the team was asked the weekly checklist."""
MISSED = 3
"""Weeks ago, when nobody found the time for all of it."""
DECIDED = (
    (80, 40, "Put in writing where each dealer may sell", 46),
    (80, 12, "Add a hard-to-copy mark to the saucepan's box", None),
)
"""Decisions: days since they were made, were due, what, and since when they are done."""


def remember_more(tx: Transaction, checklists: Sequence[Checklist], now: datetime) -> None:
    """Write it down; the weekly checklist comes at once."""
    weekly = next(each for each in checklists if each.id == FIRST)
    known = [*_cases(now)]
    cases = [case for case, _ in known]
    reports = [*_reports(cases)]
    for case, on in known:
        tx.put(CASES, case)
        tx.put(AFFECTED, on)
    for report in reports:
        tx.put(REPORTS, report)
    for run in _runs(weekly, now):
        tx.put(RUNS, run)
    for decision in _decisions(now):
        tx.put(DECISIONS, decision)
    counted = {"cases": len(cases), "reports": len(reports), "runs": ASKED, "reviews": 1}
    for name, number in {**counted, "decisions": len(DECIDED)}.items():
        tx.put(COUNTERS, Counter(name, number))
    tx.put(TEAMS, Team(zone=ZONE, duties={"lead": ANA, "account": BEN}))
    tx.put(
        CHECKLIST_SCHEDULES,
        ChecklistSchedule(checklist=FIRST, cadence=weekly.cadence, zone=ZONE, next_at=now),
    )


def _on(now: datetime, weeks: int, weekday: int, hour: int) -> datetime:
    """Return a moment of an earlier week in the team's zone, in UTC."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    monday: date = today - timedelta(days=today.weekday(), weeks=weeks)
    local = datetime.combine(monday + timedelta(days=weekday), time(hour), ZoneInfo(ZONE))
    return local.astimezone(UTC)


def _cases(now: datetime) -> Iterator[tuple[Case, Affected]]:
    for number, (weeks, weekday, hour, seller, asin) in enumerate(SIGHTINGS, start=1):
        at = _on(now, weeks, weekday, hour)
        signal = Signal(
            kind=SELLER,
            asin=asin,
            headline="An unknown seller appeared",
            severity=Severity.WARNING,
            since=at,
            ended_at=at + STAYED,
        )
        case = Case(
            number=number,
            fingerprint=f"US/{seller}",
            marketplace="US",
            seller=seller,
            opened_at=at,
            open=False,
            closed_at=at + STAYED,
            closed_by=BEN,
            reason=CloseReason.GONE,
        )
        case, on = case.with_signal(Affected.untouched(case.key, "US", asin), signal)
        yield msgspec.structs.replace(case, lead=Lead.of([on])), on


def _reports(cases: Sequence[Case]) -> Iterator[Report]:
    for number, (place, days, refusal) in enumerate(FILED, start=1):
        case = cases[place]
        at = case.opened_at + timedelta(hours=4)
        drafted = Report(
            number=number,
            case=case.key,
            recommendation=Recommendation.INFRINGEMENT,
            claim=Claim.COUNTERFEIT,
            marketplace="US",
            asins=case.asins,
            seller=case.seller,
            grounds=Grounds.TEST_BUY,
            drafted_at=at,
            drafted_by=BEN,
        )
        confirmed = steps.confirm(drafted, ANA, at, two_persons=True)
        filed = steps.file(confirmed, BEN, at, f"1357924{number:03d}")
        verdict = ReportState.REFUSED if refusal else ReportState.ACCEPTED
        answered = steps.answer(filed, at + timedelta(days=1), verdict, refusal)
        yield (steps.removed(answered, at + timedelta(days=days)) if days else None) or answered


def _runs(checklist: Checklist, now: datetime) -> Iterator[Run]:
    for number, weeks in enumerate(range(ASKED, 0, -1), start=1):
        at = _on(now, weeks, MON, 9)
        missed = weeks == MISSED
        done = checklist.items[:2] if missed else checklist.items
        answered = at + timedelta(hours=2)
        tasks = [
            Task(item=item, owner=BEN, answer=Answer.DONE, who=BEN, at=answered)
            if item in done
            else Task(item=item, owner=BEN)
            for item in checklist.items
        ]
        yield Run(
            number=number,
            checklist=checklist.id,
            title=f"{checklist.title}, week {at.isocalendar().week}",
            area=checklist.area,
            duty=checklist.owner,
            planned_at=at,
            posted_at=at,
            tasks=tuple(tasks),
            open=False,
            closed_at=at + timedelta(weeks=1) if missed else answered,
            ending=Ending.REPLACED if missed else Ending.ANSWERED,
            successor=number + 1 if missed else None,
        )


def _decisions(now: datetime) -> Iterator[Decision]:
    for number, (made, due, text, done) in enumerate(DECIDED, start=1):
        decision = Decision(
            number=number,
            review="000001",
            text=text,
            owner=ANA,
            due=(now - timedelta(days=due)).date(),
            decided_by=ANA,
            decided_at=now - timedelta(days=made),
        )
        if done is None:
            yield decision
            continue
        over = now - timedelta(days=done)
        yield msgspec.structs.replace(decision, done_at=over, open=False)
