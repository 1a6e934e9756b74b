"""Entering a right into the brand's register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import Choice, Date, Form, Option, Text
from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.rights.models import BrandRight, BrandRightKind, BrandRightStatus
from bot.features.rights.rules import RightInput
from bot.features.rights.service import add_right

NAME = 120


class RightForm(FlowForm, frozen=True, kw_only=True):
    """A right, as it is written."""

    kind: BrandRightKind = BrandRightKind.TRADEMARK
    name: str = ""
    country: str = ""
    registration: str = ""
    status: BrandRightStatus = BrandRightStatus.REGISTERED
    owner: str = ""
    classes: str = ""
    expires: date | None = None

    @property
    def wanted(self) -> RightInput:
        """What is to be entered."""
        return RightInput(
            kind=self.kind,
            status=self.status,
            name=self.name,
            country=self.country,
            registration=self.registration,
            owner=self.owner,
            classes=self.classes,
            expires=self.expires,
        )


def _right_form(_: RightForm) -> Form:
    return Form(
        id="right",
        title="Add a right",
        intro="You need a right registered in the marketplace's country to report an infringement.",
        inputs=(
            Choice(
                name="kind",
                label="What is it?",
                options=tuple(Option(each.value, each.capitalize()) for each in BrandRightKind),
            ),
            Text(name="name", label="Trademark text, work or invention", most=NAME),
            Text(
                name="country",
                label="Country",
                hint="Two letters such as US, DE or EU, or * for a copyright.",
                most=2,
            ),
            Text(
                name="registration",
                label="Registration number",
                hint="Optional for a copyright.",
                required=False,
                most=40,
            ),
            Choice(
                name="status",
                label="Status",
                options=tuple(Option(each.value, each.capitalize()) for each in BrandRightStatus),
            ),
        ),
    )


def _right_check(given: RightForm) -> Errors:
    wanted = given.wanted
    return errors_in(country=lambda: wanted.place) or errors_in(
        registration=lambda: wanted.registered_as
    )


def _owner_form(_: RightForm) -> Form:
    return Form(
        id="right-owner",
        title="Add a right",
        inputs=(
            Text(name="owner", label="Registered owner", required=False, most=NAME),
            Text(name="classes", label="Classes", hint="8, 21", required=False, most=NAME),
            Date(name="expires", label="Expires on", required=False),
        ),
        submit="Add",
    )


def right_added(_: RequestContext, right: BrandRight) -> Sequence[Reply]:
    """Say what came of it."""
    return [Notice(f"Added {right.label}.", Tone.GOOD)]


RIGHT = Flow(
    id="right",
    version=1,
    form=RightForm,
    permission=Permission.CONFIGURE,
    steps=(
        Step(id="right", form=_right_form, next=lambda _: "owner", check=_right_check),
        Step(id="owner", form=_owner_form),
    ),
    finish=lambda ctx, form: add_right(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=right_added,
)
