"""What is known and answered when evidence is collected, and what it comes to. Pure."""

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
    """What an order must fit."""
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
    """Whether what pictures tell besides what they show is kept."""

    @property
    def kind(self) -> EvidenceKind:
        """What is added."""
        known = self.what in {kind.value for kind in EvidenceKind}
        return EvidenceKind(self.what) if known else EvidenceKind.PAPER

    @property
    def plans(self) -> bool:
        """A test buy is planned, and nothing is added."""
        return self.what == PLAN and bool(self.people)

    @property
    def wanted(self) -> CollectInput:
        """What is to be taken in."""
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
    def plan(self) -> PlanInput:
        """The test buy that is planned."""
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
        """The product that it is about, as far as that is clear."""
        return self.asin or (self.products[0][0] if len(self.products) == 1 else "")
