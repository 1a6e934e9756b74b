"""/note: words and files for a case, typed, asked for, or taken from a message."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from bot.core import forms
from bot.core.files import Upload
from bot.core.flows.starting import start_flow
from bot.core.interactions import Ask, Quote, Reply
from bot.core.interface import together, tr, tr_data
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import clip, digits_of, one_line
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.lookup import case_of_thread, find_case, require_case
from bot.features.cases.views.case import case_title
from bot.features.evidence.flows.note import NOTE, NoteForm, note_added
from bot.features.evidence.rules.inputs import WORDS, NoteInput
from bot.features.evidence.service.noting import add_note

HOW_TO_KEEP = (
    "To keep the removed data, press 'Collect evidence' on the case and attach the original."
)
USAGE = "/note [NUMBER] [words]"


async def note(ctx: RequestContext) -> Sequence[Reply]:
    """Add what is typed to the case that is named, or whose thread it is; else ask."""
    first, rest = [*ctx.text.split(maxsplit=1), "", ""][:2]
    here = await case_of_thread(ctx.tx, ctx.where)
    if ctx.quote is not None and ctx.quote.dropped:
        return await _take_over(ctx, here, ctx.quote)
    named = bool(digits_of(first, "C"))
    words = rest.strip() if named else ctx.text
    if ctx.quote is None and words and (named or here is not None):
        case = await find_case(ctx.tx, first if named else "", ctx.where)
        noted = NoteInput(case=case.key, words=words)
        return note_added(ctx, await add_note(ctx.app, ctx.tx, ctx.who, noted))
    wanted = await require_case(ctx.tx, first) if named else here
    return [await _ask(ctx, wanted, "" if named else words)]


async def _take_over(ctx: RequestContext, case: Case | None, quote: Quote) -> Sequence[Reply]:
    """Add a message that was written in the case's thread; say which of its files are missing."""
    if case is None:
        raise UserError(
            tr("This thread does not belong to a case. Choose 'Add to case' in the message's menu.")
        )
    if not quote.files and (quote.lost or not quote.text.strip()):
        raise UserError("\n".join(quote.lost))
    files = tuple(file.bare for file in quote.files)
    note = NoteInput(case=case.key, words=clip(quote.text.strip(), WORDS), files=files)
    noted = await add_note(ctx.app, ctx.tx, ctx.who, note)
    return note_added(ctx, noted, (*quote.lost, *_how_to_keep(files)))


def _how_to_keep(files: Sequence[Upload]) -> tuple[str, ...]:
    return (tr_data(HOW_TO_KEEP),) if any(file.removed for file in files) else ()


async def _ask(ctx: RequestContext, wanted: Case | None, words: str) -> Ask:
    found = await ctx.tx.find(CASES, "open", value=True, limit=forms.OPTIONS, newest=True)
    if wanted is not None and wanted.number not in [case.number for case in found]:
        found = [wanted, *found[: forms.OPTIONS - 1]]
    total = await ctx.app.store.count(CASES, "open", value=True)
    quoted = f"{ctx.quote.author} wrote: {ctx.quote.text}" if ctx.quote else words
    known = NoteForm(
        about=_about(ctx.quote),
        cases=tuple(
            (str(each.number), one_line(f"{each.label}: {case_title(each)}", forms.OPTION))
            for each in found
        ),
        more=total > len(found),
        quoted=tuple(file.bare for file in ctx.quote.files) if ctx.quote else (),
        case=str(wanted.number) if wanted else "",
        note=clip(quoted, WORDS) if quoted.strip() else "",
    )
    return start_flow(ctx, NOTE, known)


def _about(quote: Quote | None) -> str:
    if quote is None:
        return ""
    files, missing = len(quote.files), len(quote.lost)
    about = together(
        tr("Message from {name}.", name=one_line(quote.author, 60)),
        tr("Files added: {count}.", count=files) if files else "",
        tr("Files not added: {count}. Attach them below.", count=missing) if missing else "",
    )
    told = [
        tr("{label}: {said}", label=file.name, said=each)
        for file in quote.files
        for each in file.said
    ]
    lines = (about, *map(_nameless, quote.lost), *told, *_how_to_keep(quote.files))
    return clip("\n".join(lines), forms.INTRO)


def _nameless(refusal: str) -> str:
    """Say why a file is missing, without its name: the form is kept for a while."""
    return tr("A file: {why}", why=refusal.partition(": ")[2] or refusal)


async def ask_note(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what the team should know about the case."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    return await note(dataclasses.replace(ctx, text=str(case.number)))


CLICKS = (ClickSpec("add-note", Permission.WORK_CASES, ask_note),)

COMMANDS = (
    CommandSpec(
        "note",
        USAGE,
        "Add a note, photos or documents to a case.",
        Permission.WORK_CASES,
        note,
        (
            Param("case", "The case number.", suggest="case"),
            Param("words", "What the team should know."),
        ),
        group=HelpGroup.CASES,
    ),
)
