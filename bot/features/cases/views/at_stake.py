"""What a case may cost us a day, and how that was reckoned."""

from __future__ import annotations

from bot.core.cards import Field
from bot.core.findings import AT_RISK, Fact
from bot.core.interface import tr, tr_data
from bot.core.views.context import field
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Signal
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.sellers import said_fact
from bot.features.cases.views.title import spread

COSTS = "Costs us"
"""What earlier versions called the sales at risk."""


def stake_fields(case: Case, view: CaseContext) -> tuple[Field, ...]:
    """Say what is at stake: profit where the team said what its margin is, else sales.

    What is over costs nothing any more.
    """
    if not (case.open and case.going_on):
        return ()
    return _profit(case, view) or _sales(case, view)


def _profit(case: Case, view: CaseContext) -> tuple[Field, ...]:
    loss, margin = case.daily_loss, view.team.margin
    if loss is None or margin is None:
        return ()
    daily = tr(
        "up to {profit} a day at a {margin}% margin, if no unit is sold",
        profit=loss.share(margin),
        margin=margin,
    )
    return (field(tr("Profit at risk"), daily),)


def _sales(case: Case, view: CaseContext) -> tuple[Field, ...]:
    if spread(case):
        loss = case.daily_loss
        total = tr("up to {loss} a day in total", loss=loss)
        return (field(tr_data(AT_RISK), total),) if loss else ()
    found = _reckoned(case, view)
    return (view.field(said_fact(found)),) if found else ()


def _reckoned(case: Case, view: CaseContext) -> Fact | None:
    """Return what a rule reckoned, or why it could not."""
    signals = Signal.in_order(view.affected.get(case.key, ()))
    facts = (fact for signal in signals for fact in signal.facts)
    return next((fact for fact in facts if fact.label in (AT_RISK, COSTS)), None)
