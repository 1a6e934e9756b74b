"""/letters, and what the buttons on a letter's card do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.collections import LETTERS
from bot.core.findings import Fact
from bot.core.flows.engine import FlowSession, Given
from bot.core.flows.starting import start_flow
from bot.core.interactions import Post, Reply
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, Param, RequestContext, page_number
from bot.core.typed import bare, digits_of
from bot.core.views.lists import PAGE, ListPage
from bot.features.letters.commands.buyer import change_message
from bot.features.letters.commands.support import change_request
from bot.features.letters.models import letters as steps
from bot.features.letters.models.letters import LetterKind, Outcome
from bot.features.letters.service.letters import find_letter, keep, shown_of
from bot.features.letters.views import letter_card, letters_card


async def letters(call: RequestContext) -> Sequence[Reply]:
    """List the letters, or show the one that is named."""
    if digits_of(call.text, "L") and not bare(call.text).isdigit():
        letter = await find_letter(call.tx, call.text)
        return [Post(letter_card(letter, await shown_of(call.desk, call.tx, letter)))]
    total = await call.desk.store.count(LETTERS)
    page = ListPage.of(page_number(call.words), total, "letters")
    known = await call.desk.store.page(LETTERS, skip=page.start, limit=PAGE, newest=True)
    team = await call.desk.team(call.tx)
    return [Post(letters_card(known, page, team))]


async def sent(call: RequestContext) -> Sequence[Reply]:
    """Note that it was sent; of a request, ask for Amazon's case ID."""
    letter = await find_letter(call.tx, call.text)
    if letter.kind is LetterKind.BUYER:
        done = steps.send(letter, call.desk.clock())
        return await keep(call, done, f"{call.who.name} sent {letter.label} to the buyer.")
    facts = {"title": f"{letter.label} {letter.about}", "ticket": letter.ticket}
    return [start_flow(call, "letter-sent", subject=letter.key, facts=facts)]


async def finish_sent(call: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Note that the request was sent, and under which ID Amazon keeps it."""
    letter = await find_letter(call.tx, session.subject)
    ticket = str(given["ticket"])
    done = steps.send(letter, call.desk.clock(), ticket)
    verb = "looked up" if letter.sent_at else "sent"
    under = f" Amazon's case ID: {ticket}." if ticket else ""
    return await keep(call, done, f"{call.who.name} {verb} {letter.label}.{under}")


async def answered(call: RequestContext) -> Sequence[Reply]:
    """Ask what Amazon's support said."""
    letter = await find_letter(call.tx, call.text)
    under = f" (case {letter.ticket})" if letter.ticket else ""
    facts = {"title": f"{letter.label} {letter.about}{under}"}
    return [start_flow(call, "letter-answer", subject=letter.key, facts=facts)]


async def finish_answered(
    call: RequestContext, session: FlowSession, given: Given
) -> Sequence[Reply]:
    """Note Amazon's word: it closes the letter, or puts it off until more was sent."""
    letter = await find_letter(call.tx, session.subject)
    outcome, words = Outcome(str(given["outcome"])), str(given["words"])
    done = steps.answer(letter, call.desk.clock(), outcome, words)
    facts = [Fact("In Amazon's words", words)] if words else []
    told = f"Amazon's support on {letter.label}: {outcome.label.lower()} ({call.who.name})."
    return await keep(call, done, told, facts)


async def change(call: RequestContext) -> Sequence[Reply]:
    """Show the text to be changed."""
    letter = await find_letter(call.tx, call.text)
    if letter.kind is LetterKind.BUYER:
        return await change_message(call, letter)
    return await change_request(call, letter)


async def drop(call: RequestContext) -> Sequence[Reply]:
    """Be done with a letter."""
    letter = await find_letter(call.tx, call.text)
    return await keep(call, steps.drop(letter), f"{call.who.name} dropped {letter.label}.")


CLICKS = (
    ClickSpec("letter-sent", Permission.WORK_CASES, sent),
    ClickSpec("letter-answered", Permission.WORK_CASES, answered),
    ClickSpec("change-letter", Permission.WORK_CASES, change),
    ClickSpec("drop-letter", Permission.WORK_CASES, drop),
)

COMMANDS = (
    CommandSpec(
        "letters",
        "/letters [page|L-4]",
        "Letters to buyers and to Amazon's support.",
        Permission.READ,
        letters,
        (Param("which", "A page, or one letter such as L-4."),),
    ),
)
