"""From a look at a product, or from what a person raises, to a case: told once, and never twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.context import AppContext
from bot.core.findings import Finding
from bot.core.references import next_number
from bot.core.scanning import each_found, each_page_found
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.events import CaseBeganAgain, SignalsEnded, SignalsRaised
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.models.steps import Transition
from bot.features.cases.rules.correlation import (
    begin_again,
    correlate,
    open_case,
    rejoins,
    settled,
    take_in_closed,
)
from bot.features.cases.service.affected import keep_products, products_of, worst_of
from bot.features.cases.service.keeping import led, open_thread, record
from bot.features.cases.service.profiles import ask_for_profile

FEW = 4
"""Cases of a culprit that are read at once: the two newest are most often what is sought."""


async def take_findings(app: AppContext, tx: Transaction, findings: Sequence[Finding]) -> set[str]:
    """Bring findings into their cases; return the digests of the answers that were news.

    Whatever of them concerns one case becomes one message.
    """
    by_case: dict[str, list[Finding]] = {}
    for finding in findings:
        by_case.setdefault(finding.fingerprint, []).append(finding)
    news: set[str] = set()
    for fingerprint, several in by_case.items():
        news |= await _take(app, tx, fingerprint, several)
    return news


async def _take(
    app: AppContext, tx: Transaction, fingerprint: str, findings: list[Finding]
) -> set[str]:
    current, closed = await _latest(tx, fingerprint)
    asins = {finding.asin for finding in findings}
    now = await products_of(tx, current, asins) if current else {}
    before = await products_of(tx, closed, asins) if closed else {}
    if closed is not None:
        closed = await _note_endings(app, tx, closed, before, findings)
    news = [
        finding
        for finding in findings
        if not _known(closed, _signal(now, finding), _signal(before, finding), finding)
    ]
    if current is not None:
        return await _grow(app, tx, current, now, news)
    raised = [finding for finding in news if not finding.ended]
    if not raised:
        return set()
    if closed is not None and rejoins(closed, raised[0]):
        first = begin_again(closed, before[raised[0].asin], raised[0])
        transitions = [first, *_add(first, before, raised[1:])]
        again = await record(app, tx, closed, transitions)
        await ask_for_profile(app, tx, again)
        await app.tell(tx, CaseBeganAgain(again))
        await app.tell(tx, _raised_in(transitions))
        return _evidence(transitions)
    first = open_case(await next_number(tx, "cases"), raised[0], closed.number if closed else None)
    transitions = [first, *_add(first, await products_of(tx, first.case, asins), raised[1:])]
    await open_thread(app, tx, transitions)
    await app.tell(tx, _raised_in(transitions))
    await ask_for_profile(app, tx, transitions[-1].case)
    return _evidence(transitions)


async def _latest(tx: Transaction, fingerprint: str) -> tuple[Case | None, Case | None]:
    """Return the newest open case on the culprit, and the newest closed one."""
    current = closed = None
    pages = each_page_found(tx, CASES, "fingerprint", fingerprint, newest=True, at_once=FEW)
    async for page in pages:
        for case in page:
            if case.open:
                current = current or case
            else:
                closed = closed or case
        if current and closed:
            break
    return current, closed


def _signal(products: Mapping[str, Affected], finding: Finding) -> Signal | None:
    on = products.get(finding.asin)
    return on.signal(finding.signal) if on else None


def _known(
    closed: Case | None, now: Signal | None, before: Signal | None, finding: Finding
) -> bool:
    """Tell whether a person closed a case knowing it, and no open case follows it since."""
    if finding.ended or closed is None:
        return False
    return now is None and settled(closed, before, finding)


async def _grow(
    app: AppContext,
    tx: Transaction,
    case: Case,
    products: dict[str, Affected],
    findings: list[Finding],
) -> set[str]:
    transitions = _add(Transition(case), products, findings)
    if transitions:
        await record(app, tx, case, transitions)
    if any(
        transition.entry and transition.entry.kind is EntryKind.ENDED for transition in transitions
    ):
        await app.tell(tx, SignalsEnded(transitions[-1].case))
    raised = _raised_in(transitions) if transitions else None
    if raised is not None and raised.asins:
        await app.tell(tx, raised)
    return _evidence(transitions)


def _raised_in(transitions: Sequence[Transition]) -> SignalsRaised:
    """Say on which products the steps began something."""
    entries = [each.entry for each in transitions if each.entry]
    raised = [each for each in entries if each.kind in (EntryKind.OPENED, EntryKind.SIGNAL)]
    asins = tuple(dict.fromkeys(each.asin for each in raised if each.asin))
    return SignalsRaised(transitions[-1].case, asins)


def _evidence(transitions: Sequence[Transition]) -> set[str]:
    """Return what shows the steps; a step without an entry is no news."""
    return {transition.entry.evidence for transition in transitions if transition.entry is not None}


def _add(
    before: Transition, products: dict[str, Affected], findings: list[Finding]
) -> list[Transition]:
    """Add what is news to an open case, one after the other."""
    case = before.case
    known = products | {each.asin: each for each in before.affected}
    transitions: list[Transition] = []
    for finding in findings:
        transition = correlate(case, known[finding.asin], finding)
        if transition is not None:
            case = transition.case
            known |= {each.asin: each for each in transition.affected}
            transitions.append(transition)
    return transitions


async def _note_endings(
    app: AppContext,
    tx: Transaction,
    case: Case,
    products: dict[str, Affected],
    findings: list[Finding],
) -> Case:
    """Note on a closed case what ended, so that its return is seen as a return.

    The products are brought up to date.
    """
    changed: dict[str, Affected] = {}
    for finding in findings:
        transition = take_in_closed(case, products[finding.asin], finding)
        if transition is not None:
            case = transition.case
            changed |= {each.asin: each for each in transition.affected}
            products.update(changed)
    if not changed:
        return case
    keep_products(tx, changed.values())
    tx.put(CASES, led(case, await worst_of(tx, case.key)))
    await app.tell(tx, SignalsEnded(case))
    return await tx.get(CASES, case.key) or case


async def report_incident(app: AppContext, tx: Transaction, findings: Sequence[Finding]) -> Case:
    """Bring findings about one matter into its case, which is opened if there is none.

    Raises:
        UserError: the case was closed with a reason that settles it.
    """
    await take_findings(app, tx, findings)
    same = each_found(tx, CASES, "fingerprint", findings[0].fingerprint)
    known = [case async for case in same]
    current = next((case for case in reversed(known) if case.open), None)
    if current is None:
        message = f"{known[-1].label} about the same issue is closed. Reopen it to continue."
        raise UserError(message)
    return current
