"""The facts of a case's card, each in its place: the same order on every card, whatever is absent.

How it stands and whose it is come first, then what it is about, by whom and at what price, what is
at stake, how far the report is, and what comes next. What is over shows what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.core import cards
from bot.core.cards import Field
from bot.core.findings import AT_RISK, FIRST_STEP, TO_DO, Fact
from bot.core.interface import tr, tr_data, tr_noted
from bot.core.text import clip
from bot.core.views.context import field
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.views.at_stake import COSTS, stake_fields
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.outlook import outlook
from bot.features.cases.views.page_changes import page_fields
from bot.features.cases.views.product import product_fields
from bot.features.cases.views.seller_facts import who_it_is
from bot.features.cases.views.sellers import SELLER, fact_fields
from bot.features.cases.views.title import capital, spread
from bot.features.cases.views.work import evidence_fields, report_fields, state_fields, word_fields

FACTS = 10
"""So many facts of a finding stand on a card."""
ROOM = 2600
"""Characters of all facts, so that a card has room for the longest title and body besides."""
PLACES = (
    SELLER,
    *("Price", "Their price", "Price gap", "Floor", "Our price"),
    *("Condition", "Fulfillment", "Buy Box", "Held by", "Feedback"),
)
"""The labels of facts in the order in which they stand; others follow in the order of the rule."""
ELSEWHERE = frozenset({AT_RISK, COSTS, FIRST_STEP, TO_DO, "Marketplace"})
"""Labels of facts that have a place of their own."""
OF_SELLER = frozenset({SELLER, "Feedback"})
"""Labels of facts that are true of a seller wherever they sell, as the rules name them."""


def case_fields(case: Case, view: CaseContext) -> tuple[Field, ...]:
    """Return all facts, as far as there is room; what matters least is left out first."""
    return fitting(
        (
            *state_fields(case, view),
            *product_fields(case, view),
            *(_present(case, view) if case.open and case.going_on else _past(case, view)),
            *stake_fields(case, view),
            *report_fields(case, view),
            *_next(case, view),
            *word_fields(case, view),
            *who_it_is(case, view),
            *evidence_fields(case, view),
        ),
        ROOM,
    )


def fitting(fields: Iterable[Field], room: int) -> tuple[Field, ...]:
    """Return the fields that find room, in their order: a card that is too large is never sent."""
    shown: list[Field] = []
    for each in fields:
        room -= cards.size_of(each)
        if room < 0 or len(shown) == cards.FIELDS:
            break
        shown.append(each)
    return tuple(shown)


def _present(case: Case, view: CaseContext) -> Iterator[Field]:
    """Say what goes on, and since when."""
    known = view.affected.get(case.key, ())
    signals = Signal.in_order(known)
    if not signals:
        return
    changed = page_fields(case, known, view)
    yield from changed or fact_fields(case, _placed(_of_all(case, known, signals)), view)
    since = min(signal.since for signal in signals)
    yield field(tr("Since"), "", at=since)


def _of_all(case: Case, known: tuple[Affected, ...], signals: list[Signal]) -> list[Fact]:
    """Return the facts of the worst of what goes on; on several products those that they share."""
    if not spread(case):
        return list(signals[0].facts)
    leading = [signal for signal in signals if signal.kind == signals[0].kind]
    common = [fact for fact in leading[0].facts if all(fact in each.facts for each in leading)]
    if len(known) < case.tally.products:
        # Of products that are not at hand, only what is true of the seller is known.
        common = [fact for fact in common if fact.label in OF_SELLER]
    return common


def _placed(facts: Iterable[Fact]) -> list[Fact]:
    """Put facts in their places."""
    places = {label: place for place, label in enumerate(PLACES)}
    here = [fact for fact in facts if fact.label not in ELSEWHERE]
    return sorted(here, key=lambda fact: places.get(fact.label, len(places)))[:FACTS]


def _past(case: Case, view: CaseContext) -> Iterator[Field]:
    """Say what it was and when, and nothing of what may not be so any more."""
    signals = Signal.in_order(view.affected.get(case.key, ()))
    if not signals:
        return
    seller = [fact for fact in signals[-1].facts if fact.label == SELLER]
    yield from fact_fields(case, seller, view)
    if not spread(case):
        was = _told_first(case, signals)
        yield field(tr("The alert said"), capital(tr_noted(was.headline)), wide=True)
    yield field(tr("Began"), "", at=min(signal.since for signal in signals))
    ended = [signal.ended_at for signal in signals if signal.ended_at is not None]
    if not case.open and not case.going_on and ended:
        yield field(tr("Ended"), "", at=max(ended))


def _told_first(case: Case, signals: list[Signal]) -> Signal:
    """Return what the title speaks of; where that is not at hand, what came last."""
    lead = case.lead
    titled = [each for each in signals if lead and (each.kind, each.asin) == (lead.kind, lead.asin)]
    return (titled or signals)[-1]


def _next(case: Case, view: CaseContext) -> Iterator[Field]:
    """Say what comes next: what the finding itself asks for first, else what its state does."""
    signals = Signal.in_order(view.affected.get(case.key, ())) if case.going_on else []
    asked = [
        fact for fact in (signals[0].facts if signals else ()) if fact.label in (FIRST_STEP, TO_DO)
    ]
    if case.open and asked and case.key not in view.reports:
        yield field(tr_data(asked[0].label), tr_noted(tr_data(asked[0].value)), wide=True)
        return
    said = outlook(case, view)
    if said:
        yield field(tr("What comes next"), clip(said, cards.FIELD_VALUE), wide=True)
