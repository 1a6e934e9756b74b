"""The steps of a planned test buy: its order, and the photos of what arrived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.cards import Tone
from bot.core.files import Upload
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.interactions import Notice, Post, Reply
from bot.core.interface import together, tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.cases.models.cases import Case
from bot.features.evidence.flows.collect import added_words
from bot.features.evidence.flows.collect_questions import files_form
from bot.features.evidence.flows.hidden_question import HIDDEN, KEEP, after_files, hidden_form
from bot.features.evidence.flows.test_buy_questions import ordered_form
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.rules.inputs import FilesInput
from bot.features.evidence.rules.plans import OrderedInput
from bot.features.evidence.rules.purchases import BoughtFor
from bot.features.evidence.service.collecting import Collected, take_in_parcel
from bot.features.evidence.service.planning import order_test_buy
from bot.features.evidence.views.evidence import pair_card


class OrderedForm(FlowForm, frozen=True, kw_only=True):
    """The order of a test buy; ``subject`` is the case's key."""

    about: BoughtFor = BoughtFor()
    order: str = ""
    ordered: date | None = None
    price: str = ""

    @property
    def wanted(self) -> OrderedInput:
        """The order, as the service takes it."""
        return OrderedInput(
            case=self.subject,
            about=self.about,
            order=self.order,
            ordered=self.ordered,
            price=self.price,
        )


def _ordered_check(given: OrderedForm) -> Errors:
    order = given.wanted
    return errors_in(
        order=lambda: order.order_id, ordered=lambda: order.ordered_on, price=lambda: order.paid
    )


def _noted(_: RequestContext, case: Case) -> Sequence[Reply]:
    return [Notice(tr("Saved. {case} waits for the parcel.", case=case.label), Tone.GOOD)]


ORDERED = Flow(
    id="test-buy-ordered",
    version=1,
    form=OrderedForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(
            id="order",
            form=lambda given: ordered_form(given.about.today),
            check=_ordered_check,
        ),
    ),
    finish=lambda ctx, form: order_test_buy(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=_noted,
)


class ParcelForm(FlowForm, frozen=True, kw_only=True):
    """Photos of what arrived; ``subject`` is the case's key."""

    today: date | None = None
    asin: str = ""
    files: tuple[Upload, ...] = ()
    caption: str = ""
    hidden: str = ""

    @property
    def wanted(self) -> FilesInput:
        """The photos, as the service takes them."""
        return FilesInput(
            case=self.subject,
            asin=self.asin,
            kind=EvidenceKind.RECEIVED,
            caption=self.caption,
            files=self.files,
            keep_hidden=self.hidden == KEEP,
        )


def _photographed(_: RequestContext, done: Collected) -> Sequence[Reply]:
    then = tr("Compare it with the genuine product, then press 'Record test buy'.")
    said = Notice(together(added_words(done), then), Tone.GOOD)
    return [said, Post(pair_card(done.case))] if done.pair else [said]


ARRIVED = Flow(
    id="test-buy-arrived",
    version=1,
    form=ParcelForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(
            id="photos",
            form=lambda _: files_form(EvidenceKind.RECEIVED),
            next=lambda given: after_files(given.files),
        ),
        Step(id=HIDDEN, form=lambda given: hidden_form(given.files)),
    ),
    finish=lambda ctx, form: take_in_parcel(ctx.app, ctx.tx, ctx.who, form.wanted, form.today),
    answer=_photographed,
)
