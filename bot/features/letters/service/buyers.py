"""Messages to buyers: drafted from what a person answers, and kept once Amazon's rules allow it."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.flows.forms import WrongAnswers
from bot.core.lint.remarks import stops
from bot.core.permissions import Person
from bot.core.references import next_number
from bot.core.store import Transaction
from bot.core.templates import ENGLISH
from bot.features.letters.models import letters as steps
from bot.features.letters.models.buyer_messages import BuyerDraft, BuyerInput, Message
from bot.features.letters.models.letters import Letter, LetterKind
from bot.features.letters.rules.buyers import lint, repeat
from bot.features.letters.rules.buyers_frame import window
from bot.features.letters.service.drafts import (
    as_of_now,
    draft_of,
    order_notice,
    refund_notice,
    today,
)
from bot.features.letters.service.keeping import LetterKept, keep_letter
from bot.features.letters.service.letters import find_letter
from bot.features.letters.texts.writing import buyer_message


class MessageDrafted(msgspec.Struct, frozen=True, kw_only=True):
    """A message for a person to change before it is kept."""

    draft: BuyerDraft
    notice: str
    """What should be known or done before it is sent; empty: nothing."""
    letter: str = ""
    """The key of the letter that is changed; empty: it is a new one."""


async def draft_message(app: AppContext, tx: Transaction, asked: BuyerInput) -> MessageDrafted:
    """Draft a message from what was answered.

    Raises:
        WrongAnswers: the buyer may not be written to about it.
    """
    empty = BuyerDraft(
        text="",
        order=asked.order,
        ordered_on=asked.ordered_on,
        today=await today(app, tx),
        language=asked.language,
        situation=asked.situation,
        first=asked.first,
        remedy=asked.remedy,
    )
    draft = await as_of_now(app, tx, empty)
    wrong = {"ordered_on": stops(window(draft)), "order": stops(repeat(draft))}
    if errors := {name: says for name, says in wrong.items() if says}:
        raise WrongAnswers(**errors)
    message = Message(
        brand=app.brand.name,
        order=asked.order,
        situation=asked.situation,
        remedy=asked.remedy,
        shipping=asked.shipping,
    )
    text = buyer_message(message, asked.language)
    english = buyer_message(message, ENGLISH) if asked.language != ENGLISH else ""
    draft = msgspec.structs.replace(draft, text=text, english=english)
    return MessageDrafted(draft=draft, notice=await _notice(app, draft))


async def open_message(app: AppContext, tx: Transaction, letter: Letter) -> MessageDrafted:
    """Return the message as it is, to be changed. Raises UserError: it was sent or dropped."""
    steps.require_ready(letter)
    draft = await draft_of(app, tx, letter)
    return MessageDrafted(draft=draft, notice=await _notice(app, draft), letter=letter.key)


async def _notice(app: AppContext, draft: BuyerDraft) -> str:
    """Say what should be known or done before the message is sent."""
    late = (remark.says for remark in window(draft) if not remark.stops)
    said = (await order_notice(app, draft.order), refund_notice(draft.remedy), *late)
    return "\n".join(filter(None, said))


async def write_message(
    app: AppContext, tx: Transaction, who: Person, message: BuyerDraft, letter: str = ""
) -> LetterKept:
    """Keep the message, ready to be sent by a person: in place of the ``letter``, if one is named.

    Raises:
        WrongAnswers: somebody else wrote meanwhile, or midnight passed, so that it may not go.
        UserError: the letter was sent or dropped.
    """
    changed = steps.edit(await find_letter(tx, letter), message.text) if letter else None
    draft = await as_of_now(app, tx, message, changed.key if changed else "")
    if wrong := stops(lint(draft)):
        raise WrongAnswers(text=wrong)
    kept = changed or Letter(
        number=await next_number(tx, "letters"),
        kind=LetterKind.BUYER,
        situation=message.situation.value,
        text=message.text,
        language=message.language,
        english=message.english,
        order=message.order,
        ordered_on=message.ordered_on,
        first=message.first,
        remedy=message.remedy,
        written_by=who,
        written_at=app.clock(),
    )
    return await keep_letter(app, tx, who, kept, f"{who.name} wrote {kept.label} to a buyer.")
