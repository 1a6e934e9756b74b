"""/buyer: a message to one of our own buyers, drafted, linted, and sent by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.interactions import Reply
from bot.core.languages import language_of
from bot.core.lint.remarks import Remark
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, RequestContext
from bot.core.sequences import next_number
from bot.features.letters.commands.asking import ask_again
from bot.features.letters.flows.letters import text_errors
from bot.features.letters.models import letters as steps
from bot.features.letters.models.buyer_messages import BuyerDraft, Message, Remedy, Situation
from bot.features.letters.models.letters import Letter, LetterKind
from bot.features.letters.rules.buyers import lint
from bot.features.letters.rules.buyers.repeat import repeat
from bot.features.letters.rules.buyers.window import window
from bot.features.letters.service.letters import (
    draft_of,
    earlier,
    find_letter,
    keep,
    order_notice,
    today,
)
from bot.features.letters.texts.writing import buyer_message


async def buyer(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what happened with which order."""
    return [start_flow(ctx, "buyer", facts={"spoken": language_of(ctx.app.brand.home)})]


async def finish_buyer(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Draft the message and show it to be changed; refuse what only the store can tell."""
    order, situation = str(given["order"]), Situation(str(given["situation"]))
    draft = BuyerDraft(
        text="",
        order=order,
        ordered_on=date.fromisoformat(str(given["ordered_on"])),
        today=await today(ctx.app, ctx.tx),
        language=str(given["language"]),
        situation=situation,
        earlier=await earlier(ctx.tx, order, situation),
    )
    wrong = {"ordered_on": _said(window(draft)), "order": _said(repeat(draft))}
    errors = {name: says for name, says in wrong.items() if says}
    if errors:
        return [ask_again(ctx, session, errors)]
    message = Message(
        brand=ctx.app.brand.name,
        order=order,
        situation=situation,
        remedy=Remedy(str(given["remedy"])),
    )
    return [await _ask_text(ctx, draft, buyer_message(message, draft.language))]


def _said(remarks: Iterable[Remark]) -> str:
    return " ".join(f"{remark.rule}: {remark.says}" for remark in remarks)


async def change_message(ctx: RequestContext, letter: Letter) -> Sequence[Reply]:
    """Show the message to be changed, as long as it was not sent."""
    steps.require_ready(letter)
    draft = await draft_of(ctx.app, ctx.tx, letter)
    return [await _ask_text(ctx, draft, letter.text, letter.key)]


async def _ask_text(ctx: RequestContext, draft: BuyerDraft, text: str, letter: str = "") -> Reply:
    facts = {
        "draft": text,
        "notice": await order_notice(ctx.app, draft.order),
        "order": draft.order,
        "ordered_on": draft.ordered_on.isoformat(),
        "today": draft.today.isoformat(),
        "language": draft.language,
        "situation": draft.situation.value,
    }
    return start_flow(ctx, "buyer-text", subject=letter, facts=facts)


async def finish_message(
    ctx: RequestContext, session: FlowSession, given: Given
) -> Sequence[Reply]:
    """Keep the message and hand it over, ready to be sent by a person."""
    letter = await _letter(ctx, session, given)
    # Somebody else may have written meanwhile, or midnight passed.
    errors = text_errors(lint(await draft_of(ctx.app, ctx.tx, letter)))
    if errors:
        return [ask_again(ctx, session, errors)]
    return await keep(ctx, letter, f"{ctx.who.name} wrote {letter.label} to a buyer.")


async def _letter(ctx: RequestContext, session: FlowSession, given: Given) -> Letter:
    text = str(given["text"])
    if session.subject:
        return steps.edit(await find_letter(ctx.tx, session.subject), text)
    return Letter(
        number=await next_number(ctx.tx, "letters"),
        kind=LetterKind.BUYER,
        situation=str(given["situation"]),
        text=text,
        language=str(given["language"]),
        order=str(given["order"]),
        ordered_on=date.fromisoformat(str(given["ordered_on"])),
        written_by=ctx.who,
        written_at=ctx.app.clock(),
    )


COMMANDS = (
    CommandSpec(
        "buyer",
        "/buyer",
        "Write to a buyer about an order.",
        Permission.WORK_CASES,
        buyer,
        group=HelpGroup.ATTACKS,
    ),
)
