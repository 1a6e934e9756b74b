"""Notes on cases, whoever brings them: what is typed, a form, or a message of the chat."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.flows.forms import WrongAnswers
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.cases.models.cases import Case
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.working import note_words
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.rules.inputs import NoteInput
from bot.features.evidence.service.evidence import add_items
from bot.features.evidence.service.uploads import settled

_KINDS = {"application/pdf": EvidenceKind.PAPER, "text/csv": EvidenceKind.ORDERS}
"""The kind of evidence by the file's kind; what a photo shows is not known yet."""


class NoteAdded(msgspec.Struct, frozen=True):
    """A note that was added."""

    case: Case
    items: tuple[EvidenceItem, ...] = ()
    """Its files, as evidence."""


async def add_note(app: AppContext, tx: Transaction, who: Person, note: NoteInput) -> NoteAdded:
    """Write the note into the case's timeline, and take its files in as evidence.

    The case's thread hears of both, and has the files with the evidence.

    Raises:
        WrongAnswers: there is no such case.
        UserError: it is too long, the case takes no more evidence, or the person wrote too many.
    """
    try:
        case = await require_case(tx, note.case_name)
    except UserError as error:
        raise WrongAnswers(case=str(error)) from error
    app.notes.take(who.id, app.monotonic())
    if note.text:
        case = await note_words(app, tx, case, who, note.text)
    if not note.files:
        return NoteAdded(case)
    files = await settled(app, tx, case, note.files, keep=note.keep_hidden)
    items = [_item(app, case, who, file) for file in files]
    return NoteAdded(case, await add_items(app, tx, case, who, items))


def _item(app: AppContext, case: Case, who: Person, file: Upload) -> EvidenceItem:
    kind = _KINDS.get(file.kind, EvidenceKind.PHOTO)
    return EvidenceItem(case=case.key, place=0, at=app.clock(), kind=kind, who=who, file=file)
