"""Letters: their place in a case, the card that shows them, and when the team is reminded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.core.cards import Card
from bot.core.context import AppContext
from bot.core.feature import TodoItem
from bot.core.permissions import Person
from bot.core.references import find_numbered
from bot.core.reminding import may_remind
from bot.core.scanning import each_found
from bot.core.store import Transaction, run_in_transaction
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.messages import thread_of
from bot.features.letters.collections import LETTERS
from bot.features.letters.models import letters as steps
from bot.features.letters.models.letters import Letter, LetterKind, LetterState, Outcome, letter_key
from bot.features.letters.models.support_requests import SupportMatter
from bot.features.letters.rules.buyers import lint
from bot.features.letters.service.drafts import draft_of, order_notice, refund_notice
from bot.features.letters.views import LetterContext, letter_card, letter_reminder_card


async def find_letter(tx: Transaction, text: str) -> Letter:
    """Return the letter named by a number or key such as ``3``, ``L-3`` or ``000003``.

    Raises:
        UserError: there is no such letter.
    """
    found = await find_numbered(tx, LETTERS, text, "L", letter_key)
    if found is None:
        message = f"There is no letter {text[:20]!r}. Type /letters to see all letters."
        raise UserError(message)
    return found


async def letter_context(app: AppContext, tx: Transaction, letter: Letter) -> LetterContext:
    """Gather what a letter's card shows besides the letter."""
    team = await app.team(tx)
    if letter.state is not LetterState.READY:
        return LetterContext(team=team)
    if letter.kind is LetterKind.BUYER:
        remarks = lint(await draft_of(app, tx, letter))
        notices = await order_notice(app, letter.order), refund_notice(letter.remedy)
        return LetterContext(team=team, remarks=remarks, notices=tuple(filter(None, notices)))
    case = await case_of(tx, letter)
    market = case.marketplace if case else app.brand.home
    doors = SupportMatter(letter.situation).doors
    pages = {
        label: url for door in doors for label, url in app.links.report_forms(market, door)[:1]
    }
    return LetterContext(team=team, pages=tuple(pages.items()))


async def show_letter(app: AppContext, tx: Transaction, letter: Letter, case: Case | None) -> Card:
    """Return the letter's card, and show it in the thread of its case, if it has one."""
    card = letter_card(letter, await letter_context(app, tx, letter))
    if case is not None:
        await app.outbox.edit(tx, letter.label, card, thread=thread_of(case))
    return card


async def case_of(tx: Transaction, letter: Letter) -> Case | None:
    """Return the case that the letter belongs to; None: to none."""
    return await tx.get(CASES, letter.case) if letter.case else None


async def tell(app: AppContext, _: Transaction, __: Person) -> Sequence[TodoItem]:
    """Tell which letters wait to be sent, and which for an answer."""
    known = each_found(app.store, LETTERS, "open", value=True)
    now = app.clock()
    waiting = [letter async for letter in known if steps.waits(letter, now)]
    return [
        TodoItem(
            says=f"{letter.label} to {letter.kind.inside}: {_wanted(letter)}",
            label=f"Open {letter.label}",
            command=f"letters {letter.label}",
        )
        for letter in waiting
    ]


def _wanted(letter: Letter) -> str:
    if letter.state is LetterState.READY:
        return "not sent yet"
    return "they want more" if letter.outcome is Outcome.WANTED else "any answer?"


async def due_letters(app: AppContext, now: datetime) -> list[str]:
    """Return the keys of the letters that the team is to be reminded of."""
    due: list[str] = []
    async for letter in each_found(app.store, LETTERS, "open", value=True):
        if steps.brought_forward(letter, now):
            await run_in_transaction(app.store, partial(_bring_forward, letter.key, now))
        if may_remind(letter, now):
            due.append(letter.key)
    return due


async def _bring_forward(key: str, now: datetime, tx: Transaction) -> None:
    """Count anew what a clock that was ahead has put off."""
    letter = await tx.get(LETTERS, key)
    sooner = steps.brought_forward(letter, now) if letter else None
    if sooner is not None:
        tx.put(LETTERS, sooner)


async def remind(app: AppContext, key: str, now: datetime, tx: Transaction) -> None:
    """Ask what became of a letter: in its case's thread, or in the channel."""
    letter = await tx.get(LETTERS, key)
    if letter is None or not may_remind(letter, now):
        return
    reminded = steps.remind(letter, now)
    tx.put(LETTERS, reminded)
    case = await case_of(tx, reminded)
    name = f"{reminded.label}/reminder-{now:%Y%m%d%H%M}"
    thread = thread_of(case) if case else ""
    card = letter_reminder_card(reminded, private=case is None)
    app.outbox.post(tx, name, card, thread=thread, ping=True)
    if case is not None:
        await show_letter(app, tx, reminded, case)
