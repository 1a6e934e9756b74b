"""/letters, and what the buttons on a letter's card do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.findings import Fact
from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.interactions import Post, Reply
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext, page_number
from bot.core.typed import bare, digits_of
from bot.core.views.lists import PAGE, ListPage
from bot.features.letters.collections import LETTERS
from bot.features.letters.commands.buyer import change_message
from bot.features.letters.commands.support import change_request
from bot.features.letters.models import letters as steps
from bot.features.letters.models.letters import LetterKind, Outcome
from bot.features.letters.service.letters import find_letter, keep, shown_of
from bot.features.letters.views import letter_card, letters_card


async def letters(ctx: RequestContext) -> Sequence[Reply]:
    """List the letters, or show the one that is named."""
    if digits_of(ctx.text, "L") and not bare(ctx.text).isdigit():
        letter = await find_letter(ctx.tx, ctx.text)
        return [Post(letter_card(letter, await shown_of(ctx.app, ctx.tx, letter)))]
    total = await ctx.app.store.count(LETTERS)
    page = ListPage.of(page_number(ctx.words), total, "letters")
    known = await ctx.app.store.page(LETTERS, skip=page.start, limit=PAGE, newest=True)
    team = await ctx.app.team(ctx.tx)
    return [Post(letters_card(known, page, team))]


async def sent(ctx: RequestContext) -> Sequence[Reply]:
    """Note that it was sent; of a request, ask for Amazon's case ID."""
    letter = await find_letter(ctx.tx, ctx.text)
    if letter.kind is LetterKind.BUYER:
        done = steps.send(letter, ctx.app.clock())
        return await keep(ctx, done, f"{ctx.who.name} sent {letter.label} to the buyer.")
    facts = {"title": f"{letter.label} {letter.about}", "ticket": letter.ticket}
    return [start_flow(ctx, "letter-sent", subject=letter.key, facts=facts)]


async def finish_sent(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Note that the request was sent, and under which ID Amazon keeps it."""
    letter = await find_letter(ctx.tx, session.subject)
    ticket = str(given["ticket"])
    done = steps.send(letter, ctx.app.clock(), ticket)
    verb = "looked up" if letter.sent_at else "sent"
    under = f" Amazon's case ID: {ticket}." if ticket else ""
    return await keep(ctx, done, f"{ctx.who.name} {verb} {letter.label}.{under}")


async def answered(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what Amazon's support said."""
    letter = await find_letter(ctx.tx, ctx.text)
    under = f" (case {letter.ticket})" if letter.ticket else ""
    facts = {"title": f"{letter.label} {letter.about}{under}"}
    return [start_flow(ctx, "letter-answer", subject=letter.key, facts=facts)]


async def finish_answered(
    ctx: RequestContext, session: FlowSession, given: Given
) -> Sequence[Reply]:
    """Note Amazon's word: it closes the letter, or puts it off until more was sent."""
    letter = await find_letter(ctx.tx, session.subject)
    outcome, words = Outcome(str(given["outcome"])), str(given["words"])
    done = steps.answer(letter, ctx.app.clock(), outcome, words)
    facts = [Fact("In Amazon's words", words)] if words else []
    told = f"Amazon's support on {letter.label}: {outcome.label.lower()} ({ctx.who.name})."
    return await keep(ctx, done, told, facts)


async def change(ctx: RequestContext) -> Sequence[Reply]:
    """Show the text to be changed."""
    letter = await find_letter(ctx.tx, ctx.text)
    if letter.kind is LetterKind.BUYER:
        return await change_message(ctx, letter)
    return await change_request(ctx, letter)


async def drop(ctx: RequestContext) -> Sequence[Reply]:
    """Be done with a letter."""
    letter = await find_letter(ctx.tx, ctx.text)
    return await keep(ctx, steps.drop(letter), f"{ctx.who.name} dropped {letter.label}.")


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
        group=HelpGroup.ATTACKS,
    ),
)
