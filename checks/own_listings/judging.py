"""From how a listing is to what is news of it, and what is remembered. Pure.

The first look at a listing raises no alarm: what stands then is told together with all others, and
ends silently. From then on a problem that begins, changes its cause or ends is a finding; one that
stood at the first look and gets another cause is a new one.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import msgspec

from bot.core.findings import CATEGORY, LISTING_ISSUE, Finding, Severity
from bot.core.listing import Watch
from bot.core.listing_status import ListingState
from bot.features.watchlist.models.listing_records import ListingRecord, RunningProblem
from checks.own_listings import RULES, facts
from checks.own_listings.endings import over
from checks.own_listings.issues import grave_issues
from checks.own_listings.problems import Conclusion, ListingContext, ListingProblem, NoProblem


class ListingJudgement(msgspec.Struct, frozen=True):
    """What a look at a listing came to."""

    record: ListingRecord
    findings: tuple[Finding, ...] = ()
    """What is news."""
    lasting: tuple[Finding, ...] = ()
    """What goes on and was told before, for people who said that it is over."""

    moved: frozenset[str] = frozenset()
    """The signals of which something else is remembered than before, news or not."""


def judge_listing(
    watch: Watch,
    record: ListingRecord | None,
    state: ListingState,
    only: Collection[str] = tuple(RULES),
) -> ListingJudgement | None:
    """Return what a look is worth; None: a first look that shows no listing at all.

    ``only`` are the signals of which something may be concluded.
    """
    if record is None or record.sku != state.sku or record.seller != state.seller:
        return ListingJudgement(_first(watch, state)) if state.listed else None
    context = ListingContext(watch, state, record)
    judging = _Judging(context, record)
    for signal, rule in RULES.items():
        judging.conclude(signal, rule(context) if signal in only else NoProblem.UNTOLD)
    after = msgspec.structs.replace(
        record,
        at_first=judging.at_first,
        running=judging.running,
        issues=_still(record, state) if LISTING_ISSUE in only else record.issues,
        product_type=record.product_type or (state.product_type if CATEGORY in only else ""),
    )
    return ListingJudgement(
        after, tuple(judging.findings), tuple(judging.lasting), _moved(record, after)
    )


def _moved(before: ListingRecord, after: ListingRecord) -> frozenset[str]:
    moved = {
        signal
        for signal in RULES
        if before.at_first.get(signal) != after.at_first.get(signal)
        or before.running.get(signal) != after.running.get(signal)
    }
    if before.issues != after.issues:
        moved.add(LISTING_ISSUE)
    if before.product_type != after.product_type:
        moved.add(CATEGORY)
    return frozenset(moved)


def _first(watch: Watch, state: ListingState) -> ListingRecord:
    context = ListingContext(watch, state, None)
    at_first = {
        signal: RunningProblem(found.mark, state.at)
        for signal, rule in RULES.items()
        if isinstance(found := rule(context), ListingProblem)
    }
    issues = tuple(sorted({issue.code for issue in grave_issues(state)}))
    return ListingRecord(
        key=watch.key,
        sku=state.sku,
        seller=state.seller,
        first_at=state.at,
        product_type=state.product_type,
        issues=issues,
        at_first=at_first,
        untold=bool(at_first or issues),
    )


def _still(record: ListingRecord, state: ListingState) -> tuple[str, ...]:
    """Return the issues of the first look that go on: what comes back later is news."""
    if not (state.listed and state.all_issues_told):
        return record.issues
    now = {issue.code for issue in state.issues or ()}
    return tuple(code for code in record.issues if code in now)


class _Judging:
    """Puts the conclusions about one listing together."""

    def __init__(self, context: ListingContext, record: ListingRecord) -> None:
        self._context = context
        self.at_first = dict(record.at_first)
        self.running = dict(record.running)
        self.findings: list[Finding] = []
        self.lasting: list[Finding] = []

    def conclude(self, signal: str, found: Conclusion) -> None:
        """Take in what a rule found."""
        if isinstance(found, ListingProblem):
            if not self._stood(signal, found):
                self._goes_on(signal, found)
        elif found is NoProblem.CLEAR:
            self.at_first.pop(signal, None)
            if self.running.pop(signal, None) is not None:
                self.findings.append(self._over(signal))

    def _stood(self, signal: str, problem: ListingProblem) -> bool:
        """Tell whether it is what stood at the first look, and remember a cause told only now."""
        first = self.at_first.get(signal)
        if first is None:
            return False
        if not first.mark:
            self.at_first[signal] = RunningProblem(problem.mark, first.since)
        elif not set(problem.mark.split()) <= set(first.mark.split()):
            del self.at_first[signal]
            return False
        return True

    def _goes_on(self, signal: str, problem: ListingProblem) -> None:
        known = self.running.get(signal)
        since = known.since if known else self._at
        self.running[signal] = RunningProblem(problem.mark, since)
        finding = self._raised(signal, problem, since)
        if known is None or known.mark != problem.mark:
            self.findings.append(finding)
        elif problem.lasts:
            self.lasting.append(finding)

    @property
    def _at(self) -> datetime:
        return self._context.state.at

    def _raised(self, signal: str, problem: ListingProblem, since: datetime) -> Finding:
        state = self._context.state
        return Finding(
            signal=signal,
            asin=self._context.watch.asin,
            marketplace=state.marketplace,
            at=state.at,
            severity=problem.severity,
            headline=problem.headline,
            brief=problem.brief,
            mark=problem.mark,
            since=since,
            facts=problem.facts,
            evidence=state.digest,
        )

    def _over(self, signal: str) -> Finding:
        state, watch = self._context.state, self._context.watch
        return Finding(
            signal=signal,
            asin=watch.asin,
            marketplace=state.marketplace,
            at=state.at,
            severity=Severity.INFO,
            headline=over(signal, facts.name(self._context)),
            ended=True,
            evidence=state.digest,
        )
