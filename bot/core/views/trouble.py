"""Cards about a chat that is in trouble, for the other chats."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Card, Tone
from bot.core.chat_troubles import Topic, Trouble
from bot.core.dispatch.messages import Over
from bot.core.text import clip, one_line
from bot.core.views.context import ViewContext
from bot.core.views.lists import counted
from bot.core.when import span

NAMED = 6
"""So many cases are named."""
LINE = 60
_TITLES = {
    Topic.DELIVERY: "{chat} does not accept messages",
    Topic.ROOM: "Alerts do not reach the channel in {chat}",
    Topic.CONNECTION: "Commands and buttons in {chat} do not work",
    Topic.COMMANDS: "Some commands are missing in {chat}",
    Topic.ROUTE: "A channel of a route in {chat} takes no alerts",
}
_OVER = {
    Topic.DELIVERY: "{chat} accepts messages again",
    Topic.ROOM: "Alerts reach the channel in {chat} again",
    Topic.CONNECTION: "Commands and buttons in {chat} work again",
    Topic.COMMANDS: "All commands are back in {chat}",
    Topic.ROUTE: "All routes in {chat} work again",
}


def trouble_title(trouble: Trouble) -> str:
    """Name what does not work, and where."""
    return _TITLES[trouble.topic].format(chat=trouble.chat.capitalize())


def trouble_card(trouble: Trouble, view: ViewContext) -> Card:
    """Say what does not work, since when, why, and what to do."""
    since = f"Since {view.clock(trouble.since)}."
    words = (part for part in (trouble.cause, trouble.remedy, since) if part)
    return Card(title=trouble_title(trouble), body="\n".join(words), tone=Tone.WARNING)


def came_and_went_card(over: Trouble, ended: Sequence[Over], view: ViewContext) -> Card:
    """Name in one card what began and ended while a chat took no messages."""
    chat = over.chat.capitalize()
    lines = [one_line(f"{each.label} · {each.point}", LINE) for each in ended[:NAMED]]
    if len(ended) > NAMED:
        lines.append(f"And {len(ended) - NAMED} more: type /cases all.")
    return Card(
        title=f"{counted(len(ended), 'case')} came and went while {chat} did not accept messages",
        body=clip(
            "\n".join([f"From {view.clock(over.since)} to {view.clock(view.now)}.", *lines]),
            cards.BODY,
        ),
        tone=Tone.INFO,
    )


def trouble_over_card(trouble: Trouble, view: ViewContext) -> Card:
    """Say that it works again, and how long it did not."""
    return Card(
        title=_OVER[trouble.topic].format(chat=trouble.chat.capitalize()),
        body=f"The problem lasted {span(view.now - trouble.since)}.",
        tone=Tone.GOOD,
    )
