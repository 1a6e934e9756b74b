"""Opening a case again whose seller was trusted: both are undone together, so it asks."""

from __future__ import annotations

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import Choice, Form, Option
from bot.core.permissions import Permission
from bot.features.cases.flows.answers import case_changed
from bot.features.cases.service.working import reopen_trusted_case

STOP = "stop"


class ReopenForm(FlowForm, frozen=True, kw_only=True):
    """A case to open again; ``subject`` is its key."""

    case: str = ""
    """What people call it."""
    seller: str = ""
    trust: str = ""


def _form(given: ReopenForm) -> Form:
    return Form(
        id="reopen",
        title="Reopen the case",
        intro=f"{given.case} was closed because you trust {given.seller}. While you trust "
        "them, you get no alerts about them.",
        inputs=(
            Choice(
                name="trust",
                label="Also stop trusting them?",
                options=(Option(STOP, "Yes, on the products of this case"),),
                initial=STOP,
            ),
        ),
        submit="Reopen",
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
