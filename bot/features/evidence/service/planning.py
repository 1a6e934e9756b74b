"""Planned test buys: from the plan to the order, the parcel, and the evidence that it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from bot.core.context import AppContext
from bot.core.dispatch.redacting import redact_message
from bot.core.feature import TodoItem
from bot.core.findings import Fact
from bot.core.forgetting import ask_compaction
from bot.core.interface import noted, tr
from bot.core.permissions import Person
from bot.core.reminding import may_remind
from bot.core.scanning import each
from bot.core.store import Transaction, run_in_transaction
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.events import CaseClosed, WordsRemoved
from bot.features.cases.models.steps import Transition
from bot.features.cases.service.keeping import record
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.messages import head_of, thread_of
from bot.features.evidence.collections import PLANNED_BUYS
from bot.features.evidence.models import plans
from bot.features.evidence.models.items import EvidenceItem
from bot.features.evidence.models.plans import PlannedBuy
from bot.features.evidence.rules.plans import OrderedInput, PlanInput
from bot.features.evidence.views.test_buys import (
    CANCELED,
    ENDED,
    RECORDED,
    buy_reminder_card,
    ended_buy_card,
    planned_buy_card,
    wanted,
)


async def plan_of(tx: Transaction, case: str) -> PlannedBuy | None:
    """Return the test buy that the case waits for."""
    return await tx.get(PLANNED_BUYS, case)


async def require_plan(tx: Transaction, case: str) -> PlannedBuy:
    """Return the test buy that the case waits for. Raises UserError: there is none."""
    found = await plan_of(tx, case)
    if found is None:
        raise UserError(tr("This test buy was canceled or recorded. Plan another one."))
    return found


async def plan_test_buy(app: AppContext, tx: Transaction, who: Person, asked: PlanInput) -> Case:
    """Write the plan down, and show it in the case's thread.

    Raises:
        UserError: the case is closed, or has a plan already.
    """
    case = await require_case(tx, asked.case)
    case.require_open()
    known = await plan_of(tx, case.key)
    if known is not None:
        message = tr(
            "{name} already buys one for {case}. Cancel that plan first.",
            name=known.buyer.name,
            case=case.label,
        )
        raise UserError(message)
    now, buyer = app.clock(), asked.who_buys
    text = noted("{who} planned a test buy. {buyer} orders it.", who=who.name, buyer=buyer.name)
    place = (Fact("Deliver to", asked.label),)
    step = Transition.of(case, EntryKind.ACTION, text, now, who=who, tell=False, facts=place)
    buy = PlannedBuy(
        case=case.key,
        entry=step.case.entries,
        asin=asked.asin or (case.asins[0] if len(case.asins) == 1 else ""),
        buyer=buyer,
        place=asked.label,
        budget=asked.most,
        planned_by=who,
        planned_at=now,
        due_at=asked.reminds_at(await app.team(tx)),
    )
    tx.create(PLANNED_BUYS, buy)
    case = await record(app, tx, case, [step])
    await show_plan(app, tx, case, buy)
    return case


async def order_test_buy(
    app: AppContext, tx: Transaction, who: Person, asked: OrderedInput
) -> Case:
    """Add the order to the plan. Raises UserError: there is no plan, or it has an order."""
    buy = await require_plan(tx, asked.case)
    after = plans.ordered(buy, asked.order_id, asked.ordered_on, asked.paid, app.clock())
    return await _step(app, tx, after, who, noted("{who} ordered the test buy.", who=who.name))


async def take_parcel(app: AppContext, tx: Transaction, who: Person, case: str, on: date) -> Case:
    """Note that the parcel arrived. Raises UserError: there is no plan, or no order."""
    after = plans.arrived(await require_plan(tx, case), on, app.clock())
    return await _step(app, tx, after, who, noted("{who} has the test buy.", who=who.name))


async def cancel_test_buy(app: AppContext, tx: Transaction, who: Person, key: str) -> Case:
    """Cancel the plan, and say so in its message. Raises UserError: there is none."""
    buy = await require_plan(tx, key)
    case = await require_case(tx, key)
    text = noted("{who} canceled the test buy.", who=who.name)
    step = Transition.of(case, EntryKind.ACTION, text, app.clock(), who=who, tell=False)
    case = await record(app, tx, case, [step])
    await _end(app, tx, case, buy, CANCELED, tr("Canceled by {name}.", name=who.name))
    return case


async def end_recorded(app: AppContext, tx: Transaction, case: Case, bought: EvidenceItem) -> None:
    """End the plan of a case if the test buy that was recorded is the planned one.

    Its seller is the case's: the form refuses another.
    """
    buy = await plan_of(tx, case.key)
    if buy is not None and bought.purchase is not None and buy.is_of(bought.purchase):
        await _end(app, tx, case, buy, RECORDED, tr("See {label}.", label=bought.label))


async def end_closed(app: AppContext, tx: Transaction, event: CaseClosed) -> None:
    """End the plan of a case that was closed."""
    await end_with(app, tx, event.case)


async def end_with(app: AppContext, tx: Transaction, case: Case) -> None:
    """Delete the plan of a closed case, if it has one."""
    buy = await plan_of(tx, case.key)
    if buy is not None:
        await _end(app, tx, case, buy, ENDED, tr("The case was closed."))


async def remove_place(app: AppContext, tx: Transaction, event: WordsRemoved) -> None:
    """Remove the delivery label of a plan if its entry's text was removed."""
    buy = await plan_of(tx, event.case.key)
    if buy is None or buy.entry != event.entry.place:
        return
    without = buy.without_words
    tx.put(PLANNED_BUYS, without)
    card = planned_buy_card(event.case, without, await app.team(tx), app.clock())
    await redact_message(app, tx, _name(event.case, buy), card, thread=thread_of(event.case))


async def tell_buyer(app: AppContext, tx: Transaction, who: Person) -> Sequence[TodoItem]:
    """Return the person's open tasks: the next step of each test buy that they make."""
    own = [buy async for buy in each(app.store, PLANNED_BUYS) if buy.buyer.id == who.id]
    found = [(buy, await tx.get(CASES, buy.case)) for buy in own]
    return [
        TodoItem(
            says=tr("{case}: {headline}", case=case.label, headline=wanted(buy.state)),
            label=tr("Evidence of {case}", case=case.label),
            command=f"evidence {case.number}",
        )
        for buy, case in found
        if case is not None and case.open
    ]


async def due_buys(app: AppContext, now: datetime) -> list[str]:
    """Return the keys of the test buys whose buyers are to be reminded."""
    due: list[str] = []
    async for buy in each(app.store, PLANNED_BUYS):
        if plans.brought_forward(buy, now):
            await run_in_transaction(app.store, partial(_bring_forward, buy.case, now))
        if may_remind(buy, now):
            due.append(buy.case)
    return due


async def _bring_forward(key: str, now: datetime, tx: Transaction) -> None:
    """Count a pause from now if a clock that was ahead made it too long."""
    buy = await plan_of(tx, key)
    sooner = plans.brought_forward(buy, now) if buy else None
    if sooner is not None:
        tx.put(PLANNED_BUYS, sooner)


async def remind_buyer(app: AppContext, key: str, now: datetime, tx: Transaction) -> None:
    """Remind the buyer in the case's thread of the next step."""
    buy, case = await plan_of(tx, key), await tx.get(CASES, key)
    if buy is None or case is None or not may_remind(buy, now):
        return
    if not case.open:
        # In earlier versions, the plan of a case that ended with its seller's trust stayed.
        await end_with(app, tx, case)
        return
    reminded = plans.reminded(buy, now)
    tx.put(PLANNED_BUYS, reminded)
    await show_plan(app, tx, case, reminded)
    name = f"{head_of(case)}/test-buy-{now:%Y%m%d%H%M}"
    app.outbox.post(tx, name, buy_reminder_card(case, buy), thread=thread_of(case), ping=True)


async def _step(app: AppContext, tx: Transaction, buy: PlannedBuy, who: Person, text: str) -> Case:
    case = await require_case(tx, buy.case)
    tx.put(PLANNED_BUYS, buy)
    step = Transition.of(case, EntryKind.ACTION, text, app.clock(), who=who, tell=False)
    case = await record(app, tx, case, [step])
    await show_plan(app, tx, case, buy)
    return case


async def show_plan(app: AppContext, tx: Transaction, case: Case, buy: PlannedBuy) -> None:
    """Show the plan as it is, in its case's thread."""
    card = planned_buy_card(case, buy, await app.team(tx), app.clock())
    await app.outbox.edit(tx, _name(case, buy), card, thread=thread_of(case))


async def _end(
    app: AppContext, tx: Transaction, case: Case, buy: PlannedBuy, how: str, why: str
) -> None:
    """Delete the plan; its message then only says how it ended."""
    tx.delete(PLANNED_BUYS, buy.case)
    ask_compaction(app, tx)
    card = ended_buy_card(case, how, why)
    await app.outbox.edit(tx, _name(case, buy), card, thread=thread_of(case))


def _name(case: Case, buy: PlannedBuy) -> str:
    return f"test-buy-{case.number}-{buy.entry}"
