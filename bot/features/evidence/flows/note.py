"""Adding a note to a case: words and pictures that the next person should have."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Tone
from bot.core.files import Upload
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import Choice, File, Form, Option, Paragraph, Text
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.text import clip
from bot.features.evidence.flows.hidden_question import HIDDEN, KEEP, after_files, hidden_form
from bot.features.evidence.models.items import left_out_of, told_of
from bot.features.evidence.rules.inputs import WORDS, NoteInput
from bot.features.evidence.service.noting import NoteAdded, add_note

MOST_FILES = 5


class NoteForm(FlowForm, frozen=True, kw_only=True):
    """A note, and the case that it is for."""

    about: str = ""
    """The message that it began with, in words."""
    cases: tuple[tuple[str, str], ...] = ()
    """The cases to choose from: number and label."""
    more: bool = False
    """There are more open cases than those."""
    quoted: tuple[Upload, ...] = ()
    """The files of the message, which are kept already."""
    case: str = ""
    note: str = ""
    files: tuple[Upload, ...] = ()
    hidden: str = ""
    """Whether the originals keep their hidden data: ``keep`` or ``out``."""

    @property
    def noted(self) -> NoteInput:
        """The note to add, with the files of the message."""
        return NoteInput(
            case=self.case,
            words=self.note,
            files=(*self.quoted, *self.files),
            keep_hidden=self.hidden == KEEP,
        )


def _note_form(given: NoteForm) -> Form:
    return Form(
        id="note",
        title=tr("Add to a case"),
        intro=given.about,
        inputs=(
            _which(given),
            Paragraph(name="note", label=tr("What should the team know?"), most=WORDS),
            File(
                name="files",
                label=tr("Photos or documents"),
                hint=tr("Screenshots, invoices, letters. They are kept as evidence."),
                required=False,
                most=MOST_FILES,
                asks=True,
            ),
        ),
        submit=tr("Add"),
    )


def _which(given: NoteForm) -> Choice | Text:
    """Offer the open cases; without any, a closed one's number can be typed."""
    if not given.cases:
        hint = tr("The case number, like 12.")
        return Text(name="case", label=tr("Which case?"), hint=hint, most=10)
    options = tuple(Option(number, label) for number, label in given.cases)
    hint = tr(
        "The newest {count} cases. For another case, type /note and its number.",
        count=len(options),
    )
    return Choice(
        name="case",
        label=tr("Which case?"),
        hint=hint if given.more else "",
        options=options,
    )


def _note_check(given: NoteForm) -> Errors:
    return errors_in(case=lambda: given.noted.case_name)


def note_added(_: RequestContext, done: NoteAdded, lost: Sequence[str] = ()) -> Sequence[Reply]:
    """Say where the note is, what of its files is missing, and what was removed from them."""
    missing = (*lost, *left_out_of(done.items))
    told = (tr("Added to {case}.", case=done.case.label), *missing, *told_of(done.items))
    text = clip("\n".join(told), cards.BODY)
    return [Notice(text, Tone.WARNING if missing else Tone.GOOD)]


NOTE = Flow(
    id="note",
    version=2,
    form=NoteForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(
            id="note",
            form=_note_form,
            check=_note_check,
            next=lambda given: after_files(given.files),
        ),
        Step(id=HIDDEN, form=lambda given: hidden_form(given.files)),
    ),
    finish=lambda ctx, form: add_note(ctx.app, ctx.tx, ctx.who, form.noted),
    answer=note_added,
)
