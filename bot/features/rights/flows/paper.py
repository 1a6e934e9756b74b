"""Entering a paper into the brand's register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.cards import Tone
from bot.core.files import Upload
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import Choice, Date, File, Form, Option, Text
from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.rights.models import RightsDocument, RightsDocumentKind
from bot.features.rights.rules import PaperInput
from bot.features.rights.service import add_paper

NAME = 120


class PaperForm(FlowForm, frozen=True, kw_only=True):
    """A paper, as it is written."""

    kind: RightsDocumentKind = RightsDocumentKind.INVOICE
    name: str = ""
    party: str = ""
    products: str = ""
    file: tuple[Upload, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def wanted(self) -> PaperInput:
        """What is to be entered."""
        return PaperInput(
            kind=self.kind,
            name=self.name,
            party=self.party,
            products=self.products,
            since=self.since,
            until=self.until,
            file=self.file[0] if self.file else None,
        )


_PAPERS = {
    RightsDocumentKind.BRAND_REGISTRATION: "Brand registration",
    RightsDocumentKind.AUTHORISATION: "Letter of authorization",
    RightsDocumentKind.INVOICE: "Supplier invoice",
}


def _paper_form(_: PaperForm) -> Form:
    return Form(
        id="paper",
        title="Add a document",
        inputs=(
            Choice(
                name="kind",
                label="What is it?",
                options=tuple(Option(each.value, _PAPERS[each]) for each in RightsDocumentKind),
            ),
            Text(name="name", label="Document name", most=NAME),
            Text(
                name="party",
                label="Seller ID or supplier",
                hint="Who is authorized, or who issued the invoice.",
                required=False,
                most=NAME,
            ),
            Text(
                name="products",
                label="For which products?",
                hint="ASINs. Leave empty for all.",
                required=False,
            ),
            File(
                name="file",
                label="Document file",
                hint="PDF or image.",
                required=False,
                kinds=("application/pdf", "image/png", "image/jpeg", "image/webp"),
            ),
        ),
    )


def _paper_check(given: PaperForm) -> Errors:
    wanted = given.wanted
    return errors_in(party=lambda: wanted.named) or errors_in(products=lambda: wanted.asins)


def _period_form(_: PaperForm) -> Form:
    return Form(
        id="paper-period",
        title="Add a document",
        intro="How long is it valid? Leave empty for no start or end date.",
        inputs=(
            Date(name="since", label="From", required=False),
            Date(name="until", label="To", required=False),
        ),
        submit="Add",
    )


def _period_check(given: PaperForm) -> Errors:
    return errors_in(until=lambda: given.wanted.last_day)


def paper_added(_: RequestContext, paper: RightsDocument) -> Sequence[Reply]:
    """Say what came of it."""
    return [Notice(f"Added {paper.name}.", Tone.GOOD)]


PAPER = Flow(
    id="paper",
    version=1,
    form=PaperForm,
    permission=Permission.CONFIGURE,
    steps=(
        Step(id="paper", form=_paper_form, next=lambda _: "period", check=_paper_check),
        Step(id="period", form=_period_form, check=_period_check),
    ),
    finish=lambda ctx, form: add_paper(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=paper_added,
)
