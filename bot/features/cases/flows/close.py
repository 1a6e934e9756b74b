"""Closing a case: a reason is always asked, because the next person will want to know."""

from __future__ import annotations

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, WrongAnswers
from bot.core.forms import Choice, Form, Option, Paragraph, options_of
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.features.cases.flows.answers import case_changed
from bot.features.cases.models.cases import NEVER_CHOSEN, TRUSTING, CloseReason
from bot.features.cases.rules.inputs import ClosingInput
from bot.features.cases.service.working import close_case, reopen_trusted_case

NOTE_AT_LEAST = 10
"""Characters in which 'another reason' can be said."""
STOP = "stop"


class CloseForm(FlowForm, frozen=True, kw_only=True):
    """A case to close; ``subject`` is its key."""

    case: str = ""
    """What people call it."""
    headline: str = ""
    seller: str = ""
    """Whom it is about; empty: no seller."""
    may_authorise: bool = False
    solvable: bool = False
    """It is about an attack, or a checklist's problem."""
    reason: CloseReason | None = None
    note: str = ""

    @property
    def closing(self) -> ClosingInput:
        """Why it is to be closed. Raises WrongAnswers: nobody said."""
        if self.reason is None:
            raise WrongAnswers(reason=tr("Choose a reason."))
        return ClosingInput(case=self.subject, reason=self.reason, note=self.note)


def _reason_form(given: CloseForm) -> Form:
    return Form(
        id="close-reason",
        title=tr("Close the case"),
        intro=tr("{case}: {headline}", case=given.case, headline=given.headline),
        inputs=(
            Choice(
                name="reason",
                label=tr("Why are you closing it?"),
                options=options_of(_offered(given)),
            ),
            Paragraph(
                name="note",
                label=tr("What should the next person know?"),
                hint=tr("Required for 'Another reason'. Otherwise optional."),
                required=False,
                most=1000,
            ),
        ),
        submit=tr("Close the case"),
    )


def _offered(given: CloseForm) -> tuple[CloseReason, ...]:
    """Leave out what concerns sellers where the case has none, and what the role forbids."""
    reasons = tuple(
        reason
        for reason in CloseReason
        if reason not in NEVER_CHOSEN and (reason is not CloseReason.SOLVED or given.solvable)
    )
    if not given.seller:
        about_sellers = TRUSTING | {CloseReason.GONE, CloseReason.REPORTED}
        return tuple(reason for reason in reasons if reason not in about_sellers)
    if not given.may_authorise:
        return tuple(reason for reason in reasons if reason not in TRUSTING)
    return reasons


def _reason_check(given: CloseForm) -> Errors:
    if given.reason is CloseReason.OTHER and len(given.note) < NOTE_AT_LEAST:
        return {"note": tr("Say in a few words why you are closing it.")}
    return {}


CLOSE = Flow(
    id="close",
    version=2,
    form=CloseForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="reason", form=_reason_form, check=_reason_check),),
    finish=lambda ctx, form: close_case(
        ctx.app,
        ctx.tx,
        ctx.who,
        form.closing,
        may_trust=ctx.role.can(Permission.AUTHORISE),
    ),
    answer=case_changed,
)


class ReopenForm(FlowForm, frozen=True, kw_only=True):
    """A case to open again; ``subject`` is its key."""

    case: str = ""
    """What people call it."""
    seller: str = ""
    trust: str = ""


def _form(given: ReopenForm) -> Form:
    return Form(
        id="reopen",
        title=tr("Reopen the case"),
        intro=tr(
            "{case} was closed because you trust {seller}. While you trust them, you do not get "
            "alerts about them.",
            case=given.case,
            seller=given.seller,
        ),
        inputs=(
            Choice(
                name="trust",
                label=tr("Also stop trusting them?"),
                options=(Option(STOP, tr("Yes, on the products of this case")),),
                initial=STOP,
            ),
        ),
        submit=tr("Reopen"),
    )


REOPEN = Flow(
    id="reopen",
    version=1,
    form=ReopenForm,
    permission=Permission.AUTHORISE,
    steps=(Step(id="reopen", form=_form),),
    finish=lambda ctx, form: reopen_trusted_case(ctx.app, ctx.tx, ctx.who, form.subject),
    answer=case_changed,
)
