"""Entering a right into the brand's register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import AnyInput, Choice, Date, Form, Option, Text, options_of
from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.rights.models import NAMING, BrandRight, BrandRightKind, BrandRightStatus
from bot.features.rights.rules import RightInput
from bot.features.rights.service import add_right

NAME = 120


class RightForm(FlowForm, frozen=True, kw_only=True):
    """A right, as it is written."""

    kind: BrandRightKind = BrandRightKind.TRADEMARK
    name: str = ""
    country: str = ""
    countries: str = ""
    registration: str = ""
    status: BrandRightStatus = BrandRightStatus.REGISTERED
    owner: str = ""
    classes: str = ""
    expires: date | None = None
    entered: tuple[tuple[tuple[str, str, str], str], ...] = ()
    """What is in the register: of each right its identity and its label."""

    @property
    def office(self) -> str:
        """The country or office, perhaps a wrong one: steps are counted before it is checked."""
        return self.country.strip().upper()

    @property
    def wanted(self) -> RightInput:
        """What is to be entered."""
        return RightInput(
            kind=self.kind,
            status=self.status,
            name=self.name,
            country=self.country,
            countries=self.countries,
            registration=self.registration,
            owner=self.owner,
            classes=self.classes,
            expires=self.expires,
        )


def _right_form(_: RightForm) -> Form:
    return Form(
        id="right",
        title="Add a right",
        intro="Registered rights must count in the marketplace's country. Copyright needs no "
        "registration.",
        inputs=(
            Choice(name="kind", label="What is it?", options=options_of(BrandRightKind)),
            Text(name="name", label="Trademark text, work or invention", most=NAME),
        ),
    )


def _right_check(given: RightForm) -> Errors:
    if given.kind is not BrandRightKind.COPYRIGHT:
        return {}
    return errors_in(name=lambda: given.wanted.require_new(dict(given.entered)))


def _after_right(given: RightForm) -> str:
    return "owner" if given.kind is BrandRightKind.COPYRIGHT else "office"


def _office_form(_: RightForm) -> Form:
    return Form(
        id="right-office",
        title="Add a right",
        inputs=(
            Text(
                name="country",
                label="Country or office",
                hint="US, GB, DE, EU; BX (Benelux), WO (Madrid, Hague), EP or UP (patents).",
                most=2,
            ),
            Text(name="registration", label="Registration number", required=False, most=40),
            Choice(
                name="status",
                label="Status",
                options=tuple(Option(each.value, each.capitalize()) for each in BrandRightStatus),
            ),
        ),
    )


def _office_check(given: RightForm) -> Errors:
    wanted = given.wanted
    return errors_in(country=lambda: wanted.place) or errors_in(
        registration=lambda: wanted.require_new(dict(given.entered))
    )


def _after_office(given: RightForm) -> str:
    return "countries" if given.office in NAMING else "owner"


def _countries_form(given: RightForm) -> Form:
    validated = given.office == "EP"
    return Form(
        id="right-countries",
        title="Add a right",
        inputs=(
            Text(
                name="countries",
                label="Validated in which countries?" if validated else "Which countries?",
                hint="Two letters each: DE, FR, GB. Empty: a report then says 'Not sure'.",
                required=False,
                most=NAME,
            ),
        ),
    )


def _countries_check(given: RightForm) -> Errors:
    return errors_in(countries=lambda: given.wanted.named)


def _owner_form(given: RightForm) -> Form:
    owner: AnyInput = Text(name="owner", label="Registered owner", required=False, most=NAME)
    classes = Text(name="classes", label="Classes", hint="8, 21", required=False, most=NAME)
    expires = Date(name="expires", label="Expires on", required=False)
    asked: dict[BrandRightKind, tuple[AnyInput, ...]] = {
        BrandRightKind.COPYRIGHT: (msgspec.structs.replace(owner, label="Owner"),),
        BrandRightKind.TRADEMARK: (owner, classes, expires),
    }
    return Form(
        id="right-owner",
        title="Add a right",
        inputs=asked.get(given.kind, (owner, expires)),
        submit="Add",
    )


def right_added(_: RequestContext, right: BrandRight) -> Sequence[Reply]:
    """Say what came of it."""
    return [Notice(f"Added {right.label}.", Tone.GOOD)]


RIGHT = Flow(
    id="right",
    version=2,
    form=RightForm,
    permission=Permission.CONFIGURE,
    steps=(
        Step(id="right", form=_right_form, next=_after_right, check=_right_check),
        Step(id="office", form=_office_form, next=_after_office, check=_office_check),
        Step(
            id="countries",
            form=_countries_form,
            next=lambda _: "owner",
            check=_countries_check,
        ),
        Step(id="owner", form=_owner_form),
    ),
    finish=lambda ctx, form: add_right(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=right_added,
)
