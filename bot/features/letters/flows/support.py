"""Asking Amazon's support: what, since when, what was done, and what Amazon should do."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm
from bot.core.flows.private import private_in
from bot.core.forms import Choice, Date, Form, Option, Paragraph, Text, options_of
from bot.core.languages import LANGUAGES
from bot.core.permissions import Permission
from bot.features.letters.flows.letters import answered
from bot.features.letters.flows.support_text import ask_request
from bot.features.letters.models.support_requests import SupportInput, SupportMatter
from bot.features.letters.service.support import draft_request

ABOUT = 300
DONE = 900
WISH = 400
EARLIER = 100
"""Characters; all of it together fits into a request of 3,000."""


class SupportForm(FlowForm, frozen=True, kw_only=True):
    """What a request is drafted from; its subject is the case's key, if it is about one."""

    about_case: str = ""
    today: date | None = None
    """In the team's zone, when it was asked."""
    wishes: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    """What Amazon could be asked to do, by language and matter."""
    need: SupportMatter | None = None
    about: str = ""
    since: date | None = None
    language: str = ""
    done: str = ""
    wish: str = ""
    earlier: str = ""

    @property
    def asked(self) -> SupportInput:
        """What was answered."""
        return SupportInput(
            need=answered(self.need),
            about=self.about,
            since=answered(self.since),
            language=self.language,
            done=self.done,
            wish=self.wish,
            earlier=self.earlier,
            case=self.subject,
        )

    @property
    def wish_first(self) -> str:
        """What Amazon could be asked to do about it."""
        return self.wishes.get(self.language, {}).get(self.need or "", "")


def _matter_form(given: SupportForm) -> Form:
    return Form(
        id="support-matter",
        title="Ask Amazon's support",
        intro=given.about_case,
        inputs=(
            Choice(
                name="need",
                label="What is it about?",
                options=options_of(SupportMatter),
            ),
            Text(
                name="about",
                label="Which ASIN, order, complaint or account?",
                hint="Enter the ID. Write about one issue per request.",
                most=ABOUT,
            ),
            Date(name="since", label="When did it start?"),
            Choice(
                name="language",
                label="Language of the request",
                options=tuple(Option(code, LANGUAGES[code]) for code in given.wishes),
                initial="en",
            ),
        ),
    )


def _matter_check(given: SupportForm) -> Errors:
    if answered(given.since) > answered(given.today):
        return {"since": "That day is in the future. Choose today or earlier."}
    return private_in(about=given.about)


def _wish_form(given: SupportForm) -> Form:
    return Form(
        id="support-wish",
        title="Ask Amazon's support",
        inputs=(
            Paragraph(
                name="done",
                label="What have you done so far?",
                hint="One step per line, like 'We have changed all passwords.' Leave out secrets.",
                most=DONE,
            ),
            Paragraph(
                name="wish",
                label="What should Amazon do?",
                hint="Ask for one specific thing.",
                initial=given.wish_first,
                most=WISH,
            ),
            Text(
                name="earlier",
                label="Earlier Amazon cases",
                hint="Their case IDs, if any.",
                required=False,
                most=EARLIER,
            ),
        ),
    )


def _wish_check(given: SupportForm) -> Errors:
    return private_in(done=given.done, wish=given.wish, earlier=given.earlier)


SUPPORT = Flow(
    id="support",
    version=2,
    form=SupportForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(
            id="matter",
            form=_matter_form,
            next=lambda _: "wish",
            check=_matter_check,
        ),
        Step(id="wish", form=_wish_form, check=_wish_check),
    ),
    finish=lambda ctx, form: draft_request(ctx.app, ctx.tx, form.asked),
    answer=lambda ctx, draft: [ask_request(ctx, draft)],
)
