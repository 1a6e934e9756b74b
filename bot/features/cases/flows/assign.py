"""Assigning a case to a person of the team."""

from __future__ import annotations

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import Form, Option, PersonChoice
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.features.cases.flows.answers import case_changed
from bot.features.cases.service.assigning import assign_chosen


class AssignForm(FlowForm, frozen=True, kw_only=True):
    """A case to be assigned; ``subject`` is its key."""

    case: str = ""
    """What people call it."""
    owner: str = ""
    """Who works on it, if that is another person."""
    people: tuple[Option, ...] = ()
    """Whom the team knows."""
    assignee: str = ""
    """The id of who gets it."""


def _who_form(given: AssignForm) -> Form:
    taken = (
        tr(
            "{name} works on {case}. You can undo this for 10 minutes.",
            name=given.owner,
            case=given.case,
        )
        if given.owner
        else ""
    )
    called = tr("{case}: the person you choose is mentioned in its thread.", case=given.case)
    return Form(
        id="assign-who",
        title=tr("Assign the case"),
        intro="\n".join(filter(None, (taken, called))),
        inputs=(PersonChoice(name="assignee", label=tr("Assign to"), options=given.people),),
        submit=tr("Assign"),
    )


ASSIGN = Flow(
    id="assign",
    version=1,
    form=AssignForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="who", form=_who_form),),
    finish=lambda ctx, form: assign_chosen(ctx.app, ctx.tx, ctx.who, form.subject, form.assignee),
    answer=case_changed,
)
