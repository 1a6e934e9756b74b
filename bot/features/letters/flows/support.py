"""Asking Amazon's support: what, since when, what was done, and what Amazon should do."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors
from bot.core.flows.private import private_in
from bot.core.forms import Choice, Choices, Date, Form, Option, Paragraph, Text, options_of
from bot.core.identifiers import is_seller_id
from bot.core.languages import LANGUAGES
from bot.core.permissions import Permission
from bot.features.letters.flows.letters import answered
from bot.features.letters.flows.support_form import (
    ABOUT,
    COMPLAINANT,
    DONE,
    EARLIER,
    HAPPENED,
    ID,
    WISH,
    SupportForm,
)
from bot.features.letters.flows.support_text import ask_request
from bot.features.letters.models.support_requests import SupportMatter
from bot.features.letters.service.support import draft_request

_TELL: Mapping[SupportMatter, str] = {
    SupportMatter.ACCOUNT: "What you noticed, when, and what was changed. Leave out passwords.",
    SupportMatter.LEAKED_KEY: "Which app, where its key was visible, and since when. Leave out the "
    "key itself.",
    SupportMatter.COMPLAINT: "Why the complaint is wrong, and which documents show it.",
    SupportMatter.TAKEOVER: "What the page showed before, and what it shows now.",
    SupportMatter.REVIEWS: "How many reviews, on which days, and what they have in common.",
    SupportMatter.ORDERS: "The order IDs, and what these orders have in common.",
    SupportMatter.CLICKS: "Which campaigns, how many clicks, and when.",
    SupportMatter.OTHER: "In order, with dates and IDs.",
}
"""What belongs into the story, by matter."""


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
            Date(
                name="since",
                label="When did it start?",
                hint="For a complaint, enter its date.",
            ),
            Text(
                name="merchant",
                label="Our merchant token",
                hint="Your seller ID, like A3ALDERFINCH01. It helps support find your account.",
                initial=given.merchant,
                required=False,
                most=ID,
            ),
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
    if given.merchant and not is_seller_id(given.merchant):
        return {"merchant": "Enter a seller ID like A3ALDERFINCH01, or leave it empty."}
    return private_in(about=given.about)


def _after_matter(given: SupportForm) -> str:
    return "complaint" if given.need is SupportMatter.COMPLAINT else "story"


def _complaint_form(_: SupportForm) -> Form:
    return Form(
        id="support-complaint",
        title="Ask Amazon's support",
        inputs=(
            Text(
                name="complaint",
                label="Complaint ID",
                hint="Amazon's notice and Account Health show it.",
                most=ID,
            ),
            Text(
                name="complainant",
                label="Who complained?",
                hint="The company or brand that the notice names. Leave it empty if it names none.",
                required=False,
                most=COMPLAINANT,
            ),
        ),
    )


def _complaint_check(given: SupportForm) -> Errors:
    return private_in(complaint=given.complaint, complainant=given.complainant)


def _story_form(given: SupportForm) -> Form:
    need = answered(given.need)
    offered = given.offered.get(need.value, {})
    return Form(
        id="support-story",
        title="Ask Amazon's support",
        inputs=(
            Paragraph(name="happened", label="What happened?", hint=_TELL[need], most=HAPPENED),
            Choices(
                name="steps",
                label="What have you done so far?",
                options=tuple(Option(name, says) for name, says in offered.items()),
                required=False,
            ),
            Paragraph(
                name="done",
                label="Other steps",
                hint="One step per line, like 'We have ...' Leave out secrets.",
                required=False,
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


def _story_check(given: SupportForm) -> Errors:
    if not (given.steps or given.done):
        return {"done": "Choose what you have done, or write it here."}
    return private_in(
        happened=given.happened, done=given.done, wish=given.wish, earlier=given.earlier
    )


SUPPORT = Flow(
    id="support",
    version=3,
    form=SupportForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(
            id="matter",
            form=_matter_form,
            next=_after_matter,
            check=_matter_check,
        ),
        Step(
            id="complaint",
            form=_complaint_form,
            next=lambda _: "story",
            check=_complaint_check,
        ),
        Step(id="story", form=_story_form, check=_story_check),
    ),
    finish=lambda ctx, form: draft_request(ctx.app, ctx.tx, form.asked),
    answer=lambda ctx, draft: [ask_request(ctx, draft)],
)
