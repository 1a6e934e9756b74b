"""The text of a request to Amazon's support, which is linted."""

from __future__ import annotations

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm
from bot.core.flows.starting import start_flow
from bot.core.forms import Form
from bot.core.interactions import Reply
from bot.core.lint.remarks import stops
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.views.reading_aid import intro_with_aid
from bot.features.letters.flows.letters import answered, letter_kept, text_form
from bot.features.letters.models.support_requests import SupportDraft, SupportMatter
from bot.features.letters.rules.support import lint
from bot.features.letters.service.support import write_request


class SupportTextForm(FlowForm, frozen=True, kw_only=True):
    """A request to support; its subject is the key of the letter that is changed, if one is."""

    draft: str = ""
    """The text that is proposed."""
    case: str = ""
    """The key of the case that it belongs to."""
    need: SupportMatter | None = None
    language: str = ""
    grounds: bool = False
    """There is a test buy, or there are photos of theirs and of ours."""
    english: str = ""
    text: str = ""

    @property
    def request(self) -> SupportDraft:
        """The request as it is written."""
        return SupportDraft(
            text=self.text,
            language=self.language,
            grounds=self.grounds,
            need=answered(self.need),
            case=self.case,
            english=self.english,
        )


def _form(given: SupportTextForm) -> Form:
    hint = "Say when it started, what happened, what you did, and what you want. Leave out names."
    return text_form(given.draft, "Request to support", hint, intro_with_aid("", given.english))


def _check(given: SupportTextForm) -> Errors:
    wrong = stops(lint(given.request))
    return {"text": wrong} if wrong else {}


SUPPORT_TEXT = Flow(
    id="support-text",
    version=2,
    form=SupportTextForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="text", form=_form, check=_check),),
    finish=lambda ctx, form: write_request(ctx.app, ctx.tx, ctx.who, form.request, form.subject),
    answer=letter_kept,
)


def ask_request(ctx: RequestContext, draft: SupportDraft, letter: str = "") -> Reply:
    """Show the request to be changed; ``letter`` is the key of the one that it replaces."""
    known = SupportTextForm(
        subject=letter,
        draft=draft.text,
        case=draft.case,
        need=draft.need,
        language=draft.language,
        grounds=draft.grounds,
        english=draft.english,
    )
    return start_flow(ctx, SUPPORT_TEXT, known)
