"""Authorizing a seller: where, how long, and by which document. It ends alerts, so it asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core import forms
from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import AnyInput, Choice, Date, Form, Option, Text
from bot.core.interactions import Notice, Reply, Update
from bot.core.interface import together, tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.text import clip
from bot.features.cases.rules.inputs import TrustInput, Where
from bot.features.cases.service.authorising import Authorised, authorise_as_asked
from bot.features.cases.views.case import case_card

NO_DOCUMENT = "none"
"""Stands for no document among those to choose from."""


class AuthoriseForm(FlowForm, frozen=True, kw_only=True):
    """Whom to trust; ``subject`` is the key of the case in which it is asked, if it is one."""

    seller: str = ""
    case: str = ""
    """What people call the case, with the number of its products."""
    warnings: tuple[str, ...] = ()
    """What speaks against it: reports and cases about them."""
    papers: tuple[tuple[str, str], ...] = ()
    """The documents to choose from: their keys, and what they are called."""
    today: date | None = None
    """The team's day."""
    where: Where | None = None
    products: str = ""
    until: date | None = None
    document: str = ""

    @property
    def wanted(self) -> TrustInput:
        """What is asked for."""
        return TrustInput(
            seller=self.seller,
            case=self.subject,
            where=self.where or Where.ALL,
            products=self.products,
            last_day=self.until,
            today=self.today,
            document="" if self.document == NO_DOCUMENT else self.document,
        )


def _form(given: AuthoriseForm) -> Form:
    places = [each for each in Where if each is not Where.CASE or given.subject]
    labels = {Where.CASE: given.case} if given.subject else {}
    inputs: list[AnyInput] = [
        Choice(
            name="where",
            label=tr("On which products?"),
            options=tuple(Option(each.value, labels.get(each, each.said)) for each in places),
            initial=(given.where or places[0]).value,
        ),
        Text(
            name="products",
            label=tr("ASINs, if you choose products"),
            required=False,
            most=forms.TEXT,
        ),
        Date(
            name="until",
            label=tr("Until when?"),
            hint=tr("The last day. Leave empty for no end date."),
            required=False,
        ),
    ]
    if given.papers:
        papers = (Option(key, name) for key, name in given.papers)
        options = (Option(NO_DOCUMENT, tr("No document")), *papers)
        inputs.append(
            Choice(
                name="document",
                label=tr("Which document authorizes them?"),
                options=options,
                initial=NO_DOCUMENT,
            )
        )
    alerts = tr(
        "You will no longer get alerts about {seller} on these products.", seller=given.seller
    )
    return Form(
        id="authorise",
        title=tr("Authorize a seller"),
        intro=clip("\n".join((*given.warnings, alerts)), forms.INTRO),
        inputs=tuple(inputs),
        submit=tr("Authorize"),
    )


def _check(given: AuthoriseForm) -> Errors:
    return errors_in(products=lambda: given.wanted.asins, until=lambda: given.wanted.end)


def authorised(_: RequestContext, done: Authorised) -> Sequence[Reply]:
    """Say what came of it; in the place of the case's card, where one was pressed."""
    if done.shown is not None:
        return [Update(case_card(done.shown.case, done.shown.view))]
    if not done.changed:
        known = tr("{seller} is already authorized on these products.", seller=done.seller)
        return [Notice(known)]
    told = together(
        tr("Authorized {seller}.", seller=done.seller),
        tr("You will no longer get alerts about them on these products."),
    )
    return [Notice(told, Tone.GOOD)]


AUTHORISE = Flow(
    id="authorise",
    version=1,
    form=AuthoriseForm,
    permission=Permission.AUTHORISE,
    steps=(Step(id="authorise", form=_form, check=_check),),
    finish=lambda ctx, form: authorise_as_asked(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=authorised,
)
