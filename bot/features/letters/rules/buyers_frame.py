"""What a message to a buyer must have, whatever it says: its order, its language, its length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.core.interface import tr, tr_data
from bot.core.languages import LANGUAGES, language_in, spoken
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import WINDOW, BuyerDraft, First

SHORTEST, SHORTEST_JAPANESE = 120, 60
LONGEST = 1500
_ORDER = re.compile(r"(?<![\w-])[0-9]{3}-[0-9]{7}-[0-9]{7}(?![\w-])", re.ASCII)


def window(draft: BuyerDraft) -> Iterator[Remark]:
    """Advice where we write first, 30 days after the order; the thirtieth day still counts."""
    age = draft.today - draft.ordered_on
    if age < timedelta():
        says = tr("{day} is in the future. Check the order date.", day=draft.ordered_on)
        yield Remark(rule="About an order from the last 30 days", says=says)
    elif age > WINDOW and draft.first is First.SELLER:
        says = tr(
            "This order is {days} days old. Unless the buyer wrote first, sellers report that "
            "Amazon allows messages for 30 days.",
            days=age.days,
        )
        yield Remark(rule="About an order from the last 30 days", says=says, stops=False)


def order_missing(draft: BuyerDraft) -> Iterator[Remark]:
    """The message names the order that it is about, and no other buyer's."""
    orders = set(_ORDER.findall(draft.text))
    if draft.order not in orders:
        says = tr("Add order {order} to the text.", order=draft.order)
        yield Remark(rule="Includes the order ID", says=says)
    if others := sorted(orders - {draft.order}):
        says = tr("Remove {order}: it is a different order.", order=others[0])
        yield Remark(rule="Includes the order ID", says=says)


def language(draft: BuyerDraft) -> Iterator[Remark]:
    """The text is in the language that was chosen, as far as anybody can tell."""
    written = language_in(draft.text)
    if written and written != spoken(draft.language):
        wanted = LANGUAGES.get(draft.language, draft.language)
        says = tr(
            "The text is in {written}, but you chose {wanted}. Rewrite it.",
            written=tr_data(LANGUAGES[written]),
            wanted=tr_data(wanted),
        )
        yield Remark(rule="In the buyer's language", says=says)


def length(draft: BuyerDraft) -> Iterator[Remark]:
    """Amazon limits nothing that the facts know of: these bounds are ours."""
    written = len(draft.text)
    least = SHORTEST_JAPANESE if draft.language == "ja" else SHORTEST
    if written < least:
        says = tr("It is too short. Say what happened and what you will do.")
        yield Remark(rule="Explains the situation and offers a solution", says=says)
    elif written > LONGEST:
        says = tr(
            "{count} of {most} characters. Shorten it.", count=f"{written:,}", most=f"{LONGEST:,}"
        )
        yield Remark(rule="Explains the situation and offers a solution", says=says)
