"""/note: words and files for a case, typed, asked for, or taken from a message."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import msgspec

from bot.core import forms
from bot.core.cards import Tone
from bot.core.files import Upload
from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.interactions import Ask, Notice, Quote, Reply
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import clip, one_line
from bot.core.typed import digits_of
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.finding import case_of_thread, find_case, require_case
from bot.features.cases.service.notes import note_words
from bot.features.cases.views.case import case_title
from bot.features.evidence.models.events import EvidenceChanged
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.service.evidence import add_items

USAGE = "/note [NUMBER] [words]"
WORDS = 1000
_KINDS = {"application/pdf": EvidenceKind.PAPER, "text/csv": EvidenceKind.ORDERS}
"""What files are; what a photo shows, nobody has said yet."""


async def note(ctx: RequestContext) -> Sequence[Reply]:
    """Add what is typed to the case that is named, or whose thread it is; else ask."""
    first, rest = [*ctx.text.split(maxsplit=1), "", ""][:2]
    here = await case_of_thread(ctx.tx, ctx.where)
    if ctx.quote is not None and ctx.quote.dropped:
        return [await _take_over(ctx, here, ctx.quote)]
    named = bool(digits_of(first, "C"))
    words = rest.strip() if named else ctx.text
    if ctx.quote is None and words and (named or here is not None):
        case = await find_case(ctx.tx, first if named else "", ctx.where)
        return [await add_note(ctx, case, words, ())]
    wanted = await require_case(ctx.tx, first) if named else here
    return [await _ask(ctx, wanted, "" if named else words)]


async def add_note(
    ctx: RequestContext, case: Case, words: str, files: tuple[Upload, ...]
) -> Notice:
    """Write the note into the case's timeline, and take its files in as evidence.

    Its thread hears of both, and has the files with the evidence.
    """
    if len(words) > WORDS:
        message = f"A note has at most {WORDS} characters; this one has {len(words)}."
        raise UserError(message)
    if words:
        case = await note_words(ctx.app, ctx.tx, case, ctx.who, words)
    if files:
        pieces = [_item(ctx, case, file) for file in files]
        await add_items(ctx.app, ctx.tx, case, ctx.who, pieces)
        await ctx.app.tell(ctx.tx, EvidenceChanged(case))
    return Notice(f"Added to {case.label}.", Tone.GOOD)


async def finish_note(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Add what the form brought, and the files of the message that it began with."""
    case = await find_case(ctx.tx, str(given["case"]), ctx.where)
    sent = given["files"]
    files = tuple(each for each in sent if isinstance(each, Upload))
    quoted = msgspec.json.decode(str(session.facts["quoted"]), type=tuple[Upload, ...])
    return [await add_note(ctx, case, str(given["note"]), (*quoted, *files))]


async def _take_over(ctx: RequestContext, case: Case | None, quote: Quote) -> Notice:
    """Add a message that was written in the case's thread; say which of its files are missing."""
    if case is None:
        raise UserError("This thread is no case's. Choose 'Add to case' in the message's menu.")
    if not quote.files and (quote.lost or not quote.text.strip()):
        raise UserError("\n".join(quote.lost))
    done = await add_note(ctx, case, clip(quote.text.strip(), WORDS), quote.files)
    if not quote.lost:
        return done
    return Notice("\n".join((done.text, *quote.lost)), Tone.WARNING)


def _item(ctx: RequestContext, case: Case, file: Upload) -> EvidenceItem:
    kind = _KINDS.get(file.kind, EvidenceKind.PHOTO)
    return EvidenceItem(
        case=case.key, place=0, at=ctx.app.clock(), kind=kind, who=ctx.who, file=file
    )


async def _ask(ctx: RequestContext, wanted: Case | None, words: str) -> Ask:
    found = await ctx.tx.find(CASES, "open", value=True, limit=forms.OPTIONS, newest=True)
    if wanted is not None and wanted.number not in [case.number for case in found]:
        found = [wanted, *found[: forms.OPTIONS - 1]]
    lines = [
        f"{case.number}\n{one_line(f'{case.label}: {case_title(case)}', forms.OPTION)}"
        for case in found
    ]
    total = await ctx.app.store.count(CASES, "open", value=True)
    facts = {
        "about": _about(ctx.quote),
        "more": "yes" if total > len(found) else "",
        "cases": "\n\n".join(lines),
        "case": str(wanted.number) if wanted else "",
        "quoted": msgspec.json.encode(ctx.quote.files if ctx.quote else ()).decode(),
    }
    quoted = f"{ctx.quote.author} wrote: {ctx.quote.text}" if ctx.quote else words
    draft: forms.Answers = {"note": clip(quoted, WORDS)} if quoted.strip() else {}
    return start_flow(ctx, "note", facts=facts, draft=draft)


def _about(quote: Quote | None) -> str:
    if quote is None:
        return ""
    kept = f"{len(quote.files)} of its files are taken over. " if quote.files else ""
    lost = f"{len(quote.lost)} could not be: please hand them in below." if quote.lost else ""
    about = f"A message of {one_line(quote.author, 60)}. {kept}{lost}".strip()
    return clip("\n".join((about, *quote.lost)), forms.INTRO)


async def ask_note(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what the team should know about the case."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    return await note(dataclasses.replace(ctx, text=str(case.number)))


CLICKS = (ClickSpec("add-note", Permission.WORK_CASES, ask_note),)

COMMANDS = (
    CommandSpec(
        "note",
        USAGE,
        "Add words, pictures or papers to a case.",
        Permission.WORK_CASES,
        note,
        (
            Param("case", "The case's number.", suggest="case"),
            Param("words", "What the team should know."),
        ),
        group=HelpGroup.CASES,
    ),
)
