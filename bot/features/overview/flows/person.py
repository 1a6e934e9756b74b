"""Adding somebody to the local page in a form: a name, and what they may do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.collections import PageAccount
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import Choice, Form, Option, Text
from bot.core.interactions import Post, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission, Role
from bot.core.request import RequestContext
from bot.features.overview.rules.names import LONGEST
from bot.features.overview.service.accounts import add_person
from bot.features.overview.views.people import invitation_card

ROLES = {role.label: role for role in (Role.ADMIN, Role.MEMBER, Role.VIEWER)}


class PersonForm(FlowForm, frozen=True, kw_only=True):
    """Somebody who is to be added."""

    name: str = ""
    role: str = Role.MEMBER.label
    """A label of a role."""


def _form(_: PersonForm) -> Form:
    return Form(
        id="add-person",
        title=tr("Add a person"),
        intro=tr("You get a link to hand over. The channel sees who was added."),
        inputs=(
            Text(name="name", label=tr("Name of the person"), most=LONGEST),
            Choice(
                name="role",
                label=tr("Role of the person"),
                options=tuple(Option(label, role.said) for label, role in ROLES.items()),
                initial=Role.MEMBER.label,
            ),
        ),
        submit=tr("Add"),
    )


def _added(_: RequestContext, made: tuple[PageAccount, str]) -> Sequence[Reply]:
    return [Post(card=invitation_card(*made))]


ADD_PERSON = Flow(
    id="add-person",
    version=1,
    form=PersonForm,
    permission=Permission.CONFIGURE,
    steps=(Step(id="who", form=_form),),
    finish=lambda ctx, form: add_person(ctx.app, ctx.tx, ctx.who, form.name, ROLES[form.role]),
    answer=_added,
)
