"""The flow to collect evidence: show what is missing, then add one thing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, errors_in
from bot.core.forms import Form
from bot.core.interactions import Notice, Post, Reply
from bot.core.interface import listed, tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.text import clip
from bot.features.evidence.flows.collect_form import CollectForm
from bot.features.evidence.flows.collect_questions import (
    files_form,
    orders_form,
    what_form,
)
from bot.features.evidence.flows.hidden_question import HIDDEN, after_files, hidden_form
from bot.features.evidence.flows.test_buy_questions import (
    arrival_form,
    differs_form,
    order_form,
    plan_form,
)
from bot.features.evidence.models.items import EvidenceKind, left_out_of, told_of
from bot.features.evidence.rules.purchases import Arrived
from bot.features.evidence.service.collecting import Collected, collect
from bot.features.evidence.views.evidence import pair_card


def _what_form(given: CollectForm) -> Form:
    return what_form(
        given.needs,
        given.missing,
        given.products,
        camera=given.camera,
        bought=given.bought,
        plan=bool(given.people) and not given.bought,
    )


def _after_what(given: CollectForm) -> str:
    if given.plans:
        return PLAN_STEP.id
    steps = {
        EvidenceKind.CAPTURE: "",
        EvidenceKind.ORDERS: "orders",
        EvidenceKind.TEST_BUY: "test-buy",
    }
    return steps.get(given.kind, "files")


def _orders_check(given: CollectForm) -> Errors:
    if not (given.files or given.typed or given.none):
        return {"none": tr("Attach a report, enter orders, or say why you have no orders.")}
    return errors_in(typed=lambda: given.orders.orders)


def _order_form(given: CollectForm) -> Form:
    return order_form(given.about.seller, given.seller_name, given.only_product)


def _order_check(given: CollectForm) -> Errors:
    bought = given.test_buy
    return errors_in(
        order=lambda: bought.order_id,
        seller=lambda: bought.bought_from,
        asin=lambda: bought.product,
        price=lambda: bought.paid,
    )


def _arrival_check(given: CollectForm) -> Errors:
    bought = given.test_buy
    return errors_in(ordered=lambda: bought.ordered_on, arrived=lambda: bought.arrived_on)


def _after_arrival(given: CollectForm) -> str:
    return after_files(given.files) if given.result is Arrived.GENUINE else "differs"


def _differs_check(given: CollectForm) -> Errors:
    return errors_in(observed=lambda: given.test_buy.difference)


def _plan_check(given: CollectForm) -> Errors:
    plan = given.plan
    return errors_in(
        place=lambda: plan.label, budget=lambda: plan.most, remind=lambda: plan.first_reminder
    )


def collected(_: RequestContext, done: Collected) -> Sequence[Reply]:
    """Say what was added, planned or started, and what to do next."""
    if done.capturing:
        return [Notice(tr("Taking a screenshot. It will appear in the thread shortly."))]
    if done.planned:
        planned = tr("Planned. {case} shows the test buy in its thread.", case=done.case.label)
        return [Notice(planned, Tone.GOOD)]
    if not done.added:
        return [Notice(tr("Added to {case}.", case=done.case.label), Tone.GOOD)]
    left_out = left_out_of(done.added)
    told = (added_words(done), *left_out, *told_of(done.added))
    text = clip("\n".join(told), cards.BODY)
    said = Notice(text, Tone.WARNING if left_out else Tone.GOOD)
    return [said, Post(pair_card(done.case))] if done.pair else [said]


def added_words(done: Collected) -> str:
    """Name what was added, and the case."""
    labels = listed(*(item.label for item in done.added))
    return tr("Added to {case}: {labels}.", case=done.case.label, labels=labels)


PLAN_STEP = Step(
    id="plan",
    form=lambda given: plan_form(given.people, given.about.today),
    check=_plan_check,
)

COLLECT = Flow(
    id="collect",
    version=3,
    form=CollectForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(id="what", form=_what_form, next=_after_what),
        Step(
            id="files",
            form=lambda given: files_form(given.kind),
            next=lambda given: after_files(given.files),
        ),
        Step(id=HIDDEN, form=lambda given: hidden_form(given.files)),
        Step(id="orders", form=lambda _: orders_form(), check=_orders_check),
        Step(
            id="test-buy",
            form=_order_form,
            check=_order_check,
            next=lambda _: "arrival",
        ),
        Step(
            id="arrival",
            form=lambda given: arrival_form(given.about.today),
            check=_arrival_check,
            next=_after_arrival,
        ),
        Step(
            id="differs",
            form=lambda _: differs_form(),
            check=_differs_check,
            next=lambda given: after_files(given.files),
        ),
        PLAN_STEP,
    ),
    finish=lambda ctx, form: collect(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=collected,
)


PLAN_TEST_BUY = Flow(
    id="plan-test-buy",
    version=1,
    form=CollectForm,
    permission=Permission.WORK_CASES,
    steps=(PLAN_STEP,),
    finish=lambda ctx, form: collect(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=collected,
)
