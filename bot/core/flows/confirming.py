"""Asking before what reaches far, in a short form, where the chat has not asked by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.cards import Confirm
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.flows.starting import start_flow
from bot.core.forms import Form
from bot.core.interactions import Ask, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, RequestContext
from bot.errors import UserError


class Confirming(FlowForm, frozen=True, kw_only=True):
    """What the person is about to do.

    ``subject`` is the button's reference, or what follows the command.
    The question is kept as it was asked: the answer counts for that one alone.
    """

    act: str = ""
    """The action of the button, or the name of the command."""
    title: str = ""
    text: str = ""
    yes: str = ""

    @property
    def confirm(self) -> Confirm:
        """What was asked."""
        return Confirm(title=self.title, text=self.text, yes=self.yes)


def is_confirmed(ctx: RequestContext, confirm: Confirm) -> bool:
    """Tell whether the person was asked just this already, and said yes."""
    return ctx.confirmed == confirm.mark


def ask_first(ctx: RequestContext, act: str, confirm: Confirm, about: str) -> Ask:
    """Ask in a short form; who sends it does ``act``, ``about`` the same, and is asked no more."""
    known = Confirming(
        subject=about, act=act, title=confirm.title, text=confirm.text, yes=confirm.yes
    )
    return start_flow(ctx, CONFIRM_ACT, known)


def _form(given: Confirming) -> Form:
    return Form(
        id="confirm-act",
        title=given.title or tr("Are you sure?"),
        intro=given.text,
        submit=given.yes or tr("Continue"),
    )


def needed_for(ctx: RequestContext, act: object) -> Permission:
    """Return what a person needs for what they are asked about. Raises UserError: it is no more."""
    return _spec(ctx, act).permission


def _spec(ctx: RequestContext, act: object) -> ClickSpec | CommandSpec:
    commands = {spec.name: spec for spec in ctx.commands}
    spec = ctx.app.features.buttons.get(str(act)) or commands.get(str(act))
    if spec is None:
        raise UserError(tr("This button is from an older version. Type /cases to continue."))
    return spec


async def _act(ctx: RequestContext, given: Confirming) -> Sequence[Reply]:
    """Do what was asked about, as if it was pressed now: it may have to be asked anew."""
    spec = _spec(ctx, given.act)
    ctx.role.require(spec.permission)
    return await spec.run(replace(ctx, text=given.subject, confirmed=given.confirm.mark))


CONFIRM_ACT = Flow(
    id="confirm-act",
    version=1,
    form=Confirming,
    permission=Permission.READ,
    steps=(Step(id="confirm", form=_form),),
    finish=_act,
    answer=lambda _, replies: replies,
)
