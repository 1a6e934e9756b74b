"""The answers of the flow that collects evidence, and the input that they make. Pure."""

from __future__ import annotations

from datetime import date

from bot.core.files import Upload
from bot.core.flows.forms import FlowForm
from bot.core.permissions import Person
from bot.features.evidence.flows.collect_questions import PLAN
from bot.features.evidence.flows.hidden_question import KEEP
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.rules.inputs import (
    CaptureInput,
    CollectInput,
    FilesInput,
    NoOrdersInput,
    OrdersInput,
)
from bot.features.evidence.rules.plans import PlanInput
from bot.features.evidence.rules.purchases import Arrived, BoughtFor, PurchaseInput


class CollectForm(FlowForm, frozen=True, kw_only=True):
    """One thing to add to a case's evidence; ``subject`` is the case's key."""

    needs: str = ""
    """What is there and what is missing, for people."""
    missing: EvidenceKind | None = None
    """What to offer first."""
    camera: bool = False
    """A page can be captured."""
    bought: bool = False
    """A test buy is among the evidence."""
    about: BoughtFor = BoughtFor()
    """The case's seller, products and marketplace, which an order must match."""
    seller_name: str = ""
    """What the case's seller is called."""
    products: tuple[tuple[str, str], ...] = ()
    """The case's products, if it is about any: ASIN and label."""
    people: tuple[Person, ...] = ()
    """Who may make a test buy; empty: none is to be planned."""
    what: str = ""
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
    buyer: str = ""
    place: str = ""
    budget: str = ""
    remind: date | None = None
    hidden: str = ""
    """Whether the originals keep their hidden data: ``keep`` or ``out``."""

    @property
    def kind(self) -> EvidenceKind:
        """The kind of evidence to add; a supporting document if the answer names no kind."""
        known = self.what in {kind.value for kind in EvidenceKind}
        return EvidenceKind(self.what) if known else EvidenceKind.PAPER

    @property
    def plans(self) -> bool:
        """The person plans a test buy and adds nothing."""
        return self.what == PLAN and bool(self.people)

    @property
    def wanted(self) -> CollectInput:
        """The input for the service, by what the person chose."""
        if self.plans:
            return self.plan
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
        """The attached reports and typed orders."""
        return OrdersInput(case=self.subject, files=self.files, typed=self.typed)

    @property
    def test_buy(self) -> PurchaseInput:
        """The test buy to record."""
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
    def plan(self) -> PlanInput:
        """The plan of a test buy."""
        return PlanInput(
            case=self.subject,
            about=self.about,
            people=self.people,
            buyer=self.buyer,
            asin=self.only_product,
            place=self.place,
            budget=self.budget,
            remind=self.remind,
        )

    @property
    def only_product(self) -> str:
        """The chosen product, or the case's only one; empty if there are several."""
        return self.asin or (self.products[0][0] if len(self.products) == 1 else "")
