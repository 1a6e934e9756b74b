"""Collecting evidence: what is there and what is missing, then the one thing that is added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core import cards
from bot.core.cards import Tone
from bot.core.files import Upload
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import Form
from bot.core.interactions import Notice, Post, Reply
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.text import clip
from bot.features.evidence.flows.collect_questions import (
    files_form,
    orders_form,
    what_form,
)
from bot.features.evidence.flows.hidden_question import HIDDEN, KEEP, after_files, hidden_form
from bot.features.evidence.flows.test_buy_questions import (
    arrival_form,
    differs_form,
    order_form,
)
from bot.features.evidence.models.items import EvidenceKind, left_out_of, told_of
from bot.features.evidence.rules.inputs import (
    CaptureInput,
    CollectInput,
    FilesInput,
    NoOrdersInput,
    OrdersInput,
)
from bot.features.evidence.rules.purchases import Arrived, BoughtFor, PurchaseInput
from bot.features.evidence.service.collecting import Collected, collect
from bot.features.evidence.views import pair_card


class CollectForm(FlowForm, frozen=True, kw_only=True):
    """One thing to add to a case's evidence; ``subject`` is the case's key."""

    needs: str = ""
    """What is there and what is missing, for people."""
    missing: EvidenceKind | None = None
    """What to offer first."""
    camera: bool = False
    """A page can be captured."""
    about: BoughtFor = BoughtFor()
    """What an order must fit."""
    seller_name: str = ""
    """What the case's seller is called."""
    products: tuple[tuple[str, str], ...] = ()
    """The case's products, if it is about any: ASIN and label."""
    what: EvidenceKind | None = None
    asin: str = ""
    files: tuple[Upload, ...] = ()
    caption: str = ""
    typed: str = ""
    none: str = ""
    order: str = ""
    seller: str = ""
    sold_by: str = ""
    price: str = ""
    ordered: date | None = None
    arrived: date | None = None
    result: Arrived = Arrived.DIFFERENT
    observed: str = ""
    verified: str = ""
    hidden: str = ""
    """Whether what pictures tell besides what they show is kept."""

    @property
    def kind(self) -> EvidenceKind:
        """What is added."""
        return self.what or EvidenceKind.PAPER

    @property
    def wanted(self) -> CollectInput:
        """What is to be taken in."""
        match self.kind:
            case EvidenceKind.CAPTURE:
                return CaptureInput(case=self.subject, asin=self.asin)
            case EvidenceKind.ORDERS if not (self.files or self.typed):
                return NoOrdersInput(case=self.subject, why=self.none)
            case EvidenceKind.ORDERS:
                return self.orders
            case EvidenceKind.TEST_BUY:
                return self.test_buy
            case kind:
                return FilesInput(
                    case=self.subject,
                    asin=self.asin,
                    kind=kind,
                    caption=self.caption,
                    files=self.files,
                    keep_hidden=self.hidden == KEEP,
                )

    @property
    def orders(self) -> OrdersInput:
        """The order records."""
        return OrdersInput(case=self.subject, files=self.files, typed=self.typed)

    @property
    def test_buy(self) -> PurchaseInput:
        """The test buy."""
        return PurchaseInput(
            case=self.subject,
            about=self.about,
            order=self.order,
            seller=self.seller,
            sold_by=self.sold_by,
            asin=self.asin,
            price=self.price,
            ordered=self.ordered,
            arrived=self.arrived,
            result=self.result,
            observed=self.observed,
            verified=self.verified,
            files=self.files,
            keep_hidden=self.hidden == KEEP,
        )

    @property
    def only_product(self) -> str:
        """The product that it is about, as far as that is clear."""
        return self.asin or (self.products[0][0] if len(self.products) == 1 else "")


def _what_form(given: CollectForm) -> Form:
    return what_form(given.needs, given.missing, given.products, camera=given.camera)


def _after_what(given: CollectForm) -> str:
    steps = {
        EvidenceKind.CAPTURE: "",
        EvidenceKind.ORDERS: "orders",
        EvidenceKind.TEST_BUY: "test-buy",
    }
    return steps.get(given.kind, "files")


def _orders_check(given: CollectForm) -> Errors:
    if not (given.files or given.typed or given.none):
        return {"none": "Attach a report, enter orders, or say why you have no orders."}
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


def collected(_: RequestContext, done: Collected) -> Sequence[Reply]:
    """Say what came of it."""
    if done.capturing:
        return [Notice("Taking a screenshot. It will appear in the thread shortly.")]
    if not done.added:
        return [Notice(f"Added to {done.case.label}.", Tone.GOOD)]
    labels = ", ".join(item.label for item in done.added)
    left_out = left_out_of(done.added)
    told = (f"Added to {done.case.label}: {labels}.", *left_out, *told_of(done.added))
    text = clip("\n".join(told), cards.BODY)
    said = Notice(text, Tone.WARNING if left_out else Tone.GOOD)
    return [said, Post(pair_card(done.case))] if done.pair else [said]


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
    ),
    finish=lambda ctx, form: collect(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=collected,
)
