"""/buyer, /support and /letters: letters that a person sends, and what the buttons on them do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.starting import start_flow
from bot.core.interactions import Post, Reply
from bot.core.languages import language_of
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import bare, digits_of, one_line, page_number
from bot.core.views.lists import PAGE, ListPage
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack
from bot.features.cases.models.cases import Case
from bot.features.cases.service.lookup import case_of_thread, find_case
from bot.features.cases.views.case import case_title
from bot.features.letters.collections import LETTERS
from bot.features.letters.flows.buyer import BUYER, BuyerForm, ask_message
from bot.features.letters.flows.letters import letter_kept
from bot.features.letters.flows.sent import (
    LETTER_ANSWER,
    LETTER_SENT,
    LetterAnswerForm,
    LetterSentForm,
)
from bot.features.letters.flows.support import SUPPORT
from bot.features.letters.flows.support_form import ABOUT, SupportForm
from bot.features.letters.flows.support_text import ask_request
from bot.features.letters.models.letters import LetterKind
from bot.features.letters.models.support_requests import ATTACKED, OF_ACCOUNT, SupportMatter
from bot.features.letters.service.buyers import open_message
from bot.features.letters.service.drafts import today
from bot.features.letters.service.keeping import drop_letter, send_letter
from bot.features.letters.service.letters import find_letter, letter_context
from bot.features.letters.service.support import open_request
from bot.features.letters.texts.writing import steps, wishes
from bot.features.letters.views import letter_card, letters_card

ACCOUNT = "Our selling account"
NAMED = 200


async def letters(ctx: RequestContext) -> Sequence[Reply]:
    """List the letters, or show the one that is named."""
    if digits_of(ctx.text, "L") and not bare(ctx.text).isdigit():
        letter = await find_letter(ctx.tx, ctx.text)
        return [Post(letter_card(letter, await letter_context(ctx.app, ctx.tx, letter)))]
    total = await ctx.app.store.count(LETTERS)
    page = ListPage.of(page_number(ctx.words), total, "letters")
    known = await ctx.app.store.page(LETTERS, skip=page.start, limit=PAGE, newest=True)
    team = await ctx.app.team(ctx.tx)
    return [Post(letters_card(known, page, team))]


async def sent(ctx: RequestContext) -> Sequence[Reply]:
    """Note that it was sent; of a request, ask for Amazon's case ID."""
    letter = await find_letter(ctx.tx, ctx.text)
    if letter.kind is LetterKind.BUYER:
        return letter_kept(ctx, await send_letter(ctx.app, ctx.tx, ctx.who, letter.key))
    title = f"{letter.label} {letter.about}"
    known = LetterSentForm(subject=letter.key, title=title, ticket=letter.ticket)
    return [start_flow(ctx, LETTER_SENT, known)]


async def answered(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what Amazon's support said."""
    letter = await find_letter(ctx.tx, ctx.text)
    under = f" (case {letter.ticket})" if letter.ticket else ""
    title = f"{letter.label} {letter.about}{under}"
    return [start_flow(ctx, LETTER_ANSWER, LetterAnswerForm(subject=letter.key, title=title))]


async def change(ctx: RequestContext) -> Sequence[Reply]:
    """Show the text to be changed."""
    letter = await find_letter(ctx.tx, ctx.text)
    if letter.kind is LetterKind.BUYER:
        return [ask_message(ctx, await open_message(ctx.app, ctx.tx, letter))]
    return [ask_request(ctx, await open_request(ctx.tx, letter), letter.key)]


async def drop(ctx: RequestContext) -> Sequence[Reply]:
    """Be done with a letter."""
    return letter_kept(ctx, await drop_letter(ctx.app, ctx.tx, ctx.who, ctx.text))


async def buyer(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what happened with which order."""
    return [start_flow(ctx, BUYER, BuyerForm(spoken=language_of(ctx.app.brand.home)))]


async def support(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what is needed; in a case's thread, or with its number, it is about the case."""
    if ctx.text.lower().removeprefix("c-").isdigit():
        return await from_case(ctx)
    need = SupportMatter.typed(ctx.text, "topic") if ctx.text else None
    return [await _ask(ctx, await case_of_thread(ctx.tx, ctx.where), need)]


async def from_case(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what is needed in the case whose button was pressed."""
    return [await _ask(ctx, await find_case(ctx.tx, ctx.text, ctx.where), None)]


async def _ask(ctx: RequestContext, case: Case | None, need: SupportMatter | None) -> Reply:
    team = await ctx.app.team(ctx.tx)
    attack = await _attack(ctx, case) if case else None
    first = need or (ATTACKED.get(attack.kind) if attack else None)
    began = attack.began_at if attack else case.opened_at if case else None
    account = ACCOUNT if first in OF_ACCOUNT else ""
    named = one_line(", ".join(case.asins), ABOUT) if case else ""
    own = ctx.app.brand.own_sellers
    known = SupportForm(
        subject=case.key if case else "",
        about_case=f"{case.label}: {one_line(case_title(case), NAMED)}" if case else "",
        need=first,
        about=account or named,
        since=team.local(began).date() if began else None,
        today=await today(ctx.app, ctx.tx),
        merchant=next(iter(own)) if len(own) == 1 else "",
        wishes=wishes(),
        offered=steps(),
    )
    return start_flow(ctx, SUPPORT, known)


async def _attack(ctx: RequestContext, case: Case) -> Attack | None:
    newest = await ctx.tx.find(ATTACKS, "case", case.number, limit=1, newest=True)
    return newest[0] if newest else None


COMMANDS = (
    CommandSpec(
        "support",
        "/support [topic]",
        "Ask Amazon's support.",
        Permission.WORK_CASES,
        support,
        (Param("topic", "The topic.", options=tuple(each.value for each in SupportMatter)),),
        group=HelpGroup.ATTACKS,
    ),
    CommandSpec(
        "buyer",
        "/buyer",
        "Write to a buyer about an order.",
        Permission.WORK_CASES,
        buyer,
        group=HelpGroup.ATTACKS,
    ),
    CommandSpec(
        "letters",
        "/letters [page|L-4]",
        "See letters to buyers and Amazon's support.",
        Permission.READ,
        letters,
        (Param("which", "A page, or a letter such as L-4."),),
        group=HelpGroup.ATTACKS,
    ),
)

CLICKS = (
    ClickSpec("letter-sent", Permission.WORK_CASES, sent),
    ClickSpec("letter-answered", Permission.WORK_CASES, answered),
    ClickSpec("change-letter", Permission.WORK_CASES, change),
    ClickSpec("drop-letter", Permission.WORK_CASES, drop),
    ClickSpec("support", Permission.WORK_CASES, from_case),
)
