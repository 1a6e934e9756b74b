"""What people do with letters: each step is written down, in the letter's case as well."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.cards import Card
from bot.core.context import AppContext
from bot.core.findings import Fact
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.steps import Transition
from bot.features.cases.service.keeping import record
from bot.features.letters.collections import LETTERS
from bot.features.letters.models import letters as steps
from bot.features.letters.models.letters import Letter, LetterKind, Outcome
from bot.features.letters.service.letters import case_of, find_letter, show_letter


class LetterKept(msgspec.Struct, frozen=True, kw_only=True):
    """A letter's step that was written down."""

    card: Card
    """The letter as it is now."""
    says: str
    """Who did what, in a sentence."""
    case: Case | None
    """Its thread shows the card; None: only who asked sees it."""


async def send_letter(
    app: AppContext, tx: Transaction, who: Person, letter: str, ticket: str = ""
) -> LetterKept:
    """Note that a person sent it, and under which ID Amazon keeps it. Raises UserError."""
    known = await find_letter(tx, letter)
    sent = steps.send(known, app.clock(), ticket)
    if known.kind is LetterKind.BUYER:
        return await keep_letter(app, tx, who, sent, f"{who.name} sent {known.label} to the buyer.")
    verb = "updated" if known.sent_at else "sent"
    under = f" Amazon's case ID: {ticket}." if ticket else ""
    return await keep_letter(app, tx, who, sent, f"{who.name} {verb} {known.label}.{under}")


async def note_answer(
    app: AppContext, tx: Transaction, who: Person, letter: str, outcome: Outcome, words: str
) -> LetterKept:
    """Note what Amazon said: it closes the letter, or puts it off until more was sent.

    Raises:
        UserError: there is no such letter, or it is not with Amazon.
    """
    known = await find_letter(tx, letter)
    answered = steps.answer(known, app.clock(), outcome, words)
    facts = [Fact("In Amazon's words", words)] if words else []
    says = f"{steps.answer_told(known)}{outcome.label.lower()} ({who.name})."
    return await keep_letter(app, tx, who, answered, says, facts)


async def drop_letter(app: AppContext, tx: Transaction, who: Person, letter: str) -> LetterKept:
    """Be done with a letter. Raises UserError."""
    dropped = steps.drop(await find_letter(tx, letter))
    return await keep_letter(app, tx, who, dropped, f"{who.name} discarded {dropped.label}.")


async def keep_letter(
    app: AppContext,
    tx: Transaction,
    who: Person,
    letter: Letter,
    says: str,
    facts: Sequence[Fact] = (),
) -> LetterKept:
    """Write a letter's step down, and show it in the thread of its case, if it has one."""
    tx.put(LETTERS, letter)
    case = await case_of(tx, letter)
    if case is not None:
        step = Transition.of(case, EntryKind.ACTION, says, app.clock(), who=who, facts=tuple(facts))
        case = await record(app, tx, case, [step])
    return LetterKept(card=await show_letter(app, tx, letter, case), says=says, case=case)
