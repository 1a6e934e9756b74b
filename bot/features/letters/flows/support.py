"""Asking Amazon's support: what, since when and what was done, then the text, which is linted."""

from __future__ import annotations

import msgspec

from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.flows.private import private
from bot.core.forms import Choice, Date, Form, Option, Paragraph, Text
from bot.core.languages import LANGUAGES
from bot.features.letters.flows.letters import text_errors, text_form
from bot.features.letters.models.support_requests import SupportDraft, SupportMatter
from bot.features.letters.rules.support import lint

ABOUT = 300
DONE = 900
WISH = 400
EARLIER = 100
"""Characters; all of it together fits into a request of 3,000."""


def _wishes(given: Given) -> dict[str, dict[str, str]]:
    return msgspec.json.decode(str(given["wishes"]), type=dict[str, dict[str, str]])


def _matter_form(given: Given) -> Form:
    return Form(
        id="support-matter",
        title="Ask Amazon's support",
        intro=str(given["about_case"]),
        inputs=(
            Choice(
                name="need",
                label="What is it about?",
                options=tuple(Option(each.value, each.label) for each in SupportMatter),
                initial=str(given["need_first"]),
            ),
            Text(
                name="about",
                label="Which ASIN, order, complaint or account?",
                hint="By its ID. One matter in one request.",
                initial=str(given["about_first"]),
                most=ABOUT,
            ),
            Date(name="since", label="Since which day?", initial=str(given["since_first"])),
            Choice(
                name="language",
                label="In which language?",
                options=tuple(Option(code, LANGUAGES[code]) for code in _wishes(given)),
                initial="en",
            ),
        ),
    )


def _matter_check(given: Given) -> Errors:
    if str(given["since"]) > str(given["today"]):
        return {"since": "That day is still to come."}
    return private(given, "about")


def _wish_form(given: Given) -> Form:
    offered = _wishes(given).get(str(given["language"]), {})
    return Form(
        id="support-wish",
        title="Ask Amazon's support",
        inputs=(
            Paragraph(
                name="done",
                label="What have you done so far?",
                hint="A line each, like 'We have changed all passwords.' No secrets.",
                most=DONE,
            ),
            Paragraph(
                name="wish",
                label="What should Amazon do?",
                hint="One concrete thing.",
                initial=offered.get(str(given["need"]), ""),
                most=WISH,
            ),
            Text(
                name="earlier",
                label="Earlier cases at Amazon",
                hint="Their IDs, if there are any.",
                required=False,
                most=EARLIER,
            ),
        ),
    )


SUPPORT = Flow(
    id="support",
    version=1,
    steps=(
        Step(
            id="matter",
            form=_matter_form,
            next=lambda _: "wish",
            check=_matter_check,
            secret=True,
        ),
        Step(
            id="wish",
            form=_wish_form,
            check=lambda given: private(given, "done", "wish", "earlier"),
            secret=True,
        ),
    ),
)
"""Facts: ``about_case`` (or empty), ``need_first``, ``about_first``, ``since_first`` (all may be
empty), ``today`` (the team's), ``wishes`` (JSON: sentences by language and matter)."""


def _text_check(given: Given) -> Errors:
    draft = SupportDraft(
        text=str(given["text"]), language=str(given["language"]), grounds=bool(given["grounds"])
    )
    return text_errors(lint(draft))


SUPPORT_TEXT = Flow(
    id="support-text",
    version=1,
    steps=(
        Step(
            id="text",
            form=lambda given: text_form(
                given, "Request to support", "When, what, what was done, and one wish. No names."
            ),
            check=_text_check,
            secret=True,
        ),
    ),
)
"""Facts: ``draft``, ``notice`` (or empty), ``language``, ``grounds`` (``yes`` or empty: there is a
test buy, or there are photos of theirs and of ours)."""
