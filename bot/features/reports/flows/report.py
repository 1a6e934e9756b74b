"""Filing a report: a few questions that lead to the right door."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import Choice, Choices, Form, Option, options_of
from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.reports.models.observations import MATTERS, Grounds, Observation
from bot.features.reports.rules.inputs import ReportInput
from bot.features.reports.service.drafting import Routed, draft_report
from bot.features.rights.models import BrandRightKind


class OfferedRight(msgspec.Struct, frozen=True, array_like=True):
    """A right that the report may rest on, as the form offers it."""

    key: str
    kind: BrandRightKind
    label: str


class ReportForm(FlowForm, frozen=True, kw_only=True):
    """What is seen in a case, its subject."""

    case: str = ""
    """The case's label."""
    headline: str = ""
    bought: bool = False
    """A test buy is among the evidence."""
    rights: tuple[OfferedRight, ...] = ()
    """Those that count in the marketplace."""
    products: tuple[tuple[str, str], ...] = ()
    """ASIN and label."""
    offered: str = ""
    """How many of all these are."""
    shown: tuple[str, ...] = ()
    """ASINs of which evidence shows something."""
    matter: str = ""
    seen: Observation | None = None
    grounds: Grounds = Grounds.SUSPICION
    right: str = ""
    asins: tuple[str, ...] = ()

    @property
    def details(self) -> tuple[Observation, ...]:
        """What the matter may be in detail."""
        _, details = MATTERS.get(self.matter, ("", tuple(Observation)))
        return details

    @property
    def observation(self) -> Observation:
        """What the person sees; a matter with one answer is not asked about further."""
        details = self.details
        return details[0] if len(details) == 1 else self.seen or details[0]

    @property
    def fitting_rights(self) -> tuple[OfferedRight, ...]:
        """The rights that such a report can rest on."""
        kind = self.observation.kind
        return tuple(each for each in self.rights if each.kind is kind)

    @property
    def wanted(self) -> ReportInput:
        """What is to be reported."""
        return ReportInput(
            case=self.subject,
            seen=self.observation,
            grounds=self.grounds,
            right=self.right,
            asins=self.asins,
        )


def _matter_form(given: ReportForm) -> Form:
    options = tuple(Option(name, label) for name, (label, _) in MATTERS.items())
    return Form(
        id="report-matter",
        title="File a report",
        intro=f"{given.case}: {given.headline}\nAmazon has two report forms, and it "
        "cannot forward a report filed on the wrong one.",
        inputs=(Choice(name="matter", label="What is it about?", options=options),),
    )


def _after_matter(given: ReportForm) -> str:
    return "detail" if len(given.details) > 1 else _after_detail(given)


def _detail_form(given: ReportForm) -> Form:
    details = given.details
    seen = Choice(
        name="seen",
        label="What do you see?",
        options=options_of(details),
    )
    grounds = Choice(
        name="grounds",
        label="How do you know?",
        options=options_of(Grounds),
        initial=Grounds.TEST_BUY.value if given.bought else "",
    )
    asks = any(each.about_goods for each in details)
    return Form(
        id="report-detail",
        title="File a report",
        inputs=(seen, grounds) if asks else (seen,),
    )


def _after_detail(given: ReportForm) -> str:
    return "right" if len(given.fitting_rights) > 1 else _after_right(given)


def _right_form(given: ReportForm) -> Form:
    options = tuple(Option(each.key, each.label) for each in given.fitting_rights)
    return Form(
        id="report-right",
        title="File a report",
        inputs=(Choice(name="right", label="Which right is infringed?", options=options),),
    )


def _after_right(given: ReportForm) -> str:
    return "products" if len(given.products) > 1 else ""


def _products_form(given: ReportForm) -> Form:
    intro = "One report can cover several products if the violation is the same."
    chosen = (asin for asin, _ in given.products if asin in given.shown or not given.shown)
    return Form(
        id="report-products",
        title="File a report",
        intro=f"{intro} {given.offered}".strip(),
        inputs=(
            Choices(
                name="asins",
                label="Which products?",
                options=tuple(Option(asin, label) for asin, label in given.products),
                initial=tuple(chosen),
            ),
        ),
    )


def report_routed(_: RequestContext, routed: Routed) -> Sequence[Reply]:
    """Say what came of it."""
    report, case, found = routed.report, routed.case, routed.route
    if report is None:
        return [Notice(f"{found.recommendation.label}. {found.reasons[0]} See the thread.")]
    return [Notice(f"Drafted {report.label}. See it in the thread of {case.label}.", Tone.GOOD)]


REPORT = Flow(
    id="report",
    version=2,
    form=ReportForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(id="matter", form=_matter_form, next=_after_matter),
        Step(id="detail", form=_detail_form, next=_after_detail),
        Step(id="right", form=_right_form, next=_after_right),
        Step(id="products", form=_products_form),
    ),
    finish=lambda ctx, form: draft_report(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=report_routed,
)
