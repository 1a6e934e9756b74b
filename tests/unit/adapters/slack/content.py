"""Cards that use the budget up, and how Slack may count them."""

from __future__ import annotations

from typing import Any

from adapters.slack.block_kit import escape
from bot.core import cards
from bot.core.cards import Button, Card, Field, Menu
from tests.fakes import START

LINK = "https://www.amazon.com/dp/"
LARGEST = (
    Card(title="&" * cards.TITLE, simulated=True),
    Card(title="body", body="&" * cards.BODY),
    Card(title="lines", body="&&&\n" * (cards.BODY // 4)),
    Card(title="field", fields=(Field("&" * cards.FIELD_LABEL, "&" * cards.FIELD_VALUE),)),
    Card(
        title="wide",
        fields=(Field("&" * cards.FIELD_LABEL, "&" * cards.FIELD_VALUE, wide=True),),
    ),
    Card(title="many fields", fields=(Field("a", "b"),) * cards.FIELDS),
    Card(title="whole", body="&" * cards.BODY, fields=(Field("a", "&" * 165),) * cards.FIELDS),
    Card(title="footer", footer="&" * cards.FOOTER),
    Card(title="&" * cards.TITLE, badge="&" * cards.BADGE, gist="&" * cards.GIST),
    Card(title="moments", fields=(Field("a", "b", at=START),) * cards.FIELDS, footer_at=START),
    Card(title="thumbnail", thumbnail="https://m.media-amazon.com/".ljust(cards.LINK, "x")),
    Card(title="image", image=LINK.ljust(cards.LINK, "x")),
    Card(title="link", buttons=(Button(label="x", url=LINK.ljust(cards.LINK, "x")),)),
    Card(
        title="button",
        buttons=tuple(
            Button(label="x" * cards.BUTTON_LABEL, action="a", ref=str(number).ljust(98))
            for number in range(cards.BUTTONS)
        ),
    ),
    Card(
        title="menu",
        buttons=tuple(Button(label="x", action="a", ref=str(n)) for n in range(cards.BUTTONS)),
        menu=Menu(
            "&" * cards.BUTTON_LABEL,
            tuple(
                Button(label="x" * cards.BUTTON_LABEL, action="m", ref=str(number).ljust(98))
                for number in range(cards.MENU)
            ),
        ),
    ),
    Card(title="&" * cards.TITLE, link=LINK.ljust(cards.LINK, "x")),
)
"""Every part of a card at its largest."""

TALLEST = Card(
    title="tallest",
    link=LINK,
    body="&" * cards.BODY,
    fields=tuple(Field("a", "b", wide=bool(number % 2)) for number in range(cards.FIELDS)),
    image="https://m.media-amazon.com/1.jpg",
    buttons=(Button(label="x", action="a"),),
    menu=Menu("x", (Button(label="x", action="m"),)),
    footer="x",
    simulated=True,
)
"""The card with the most blocks."""


def escaped(value: Any) -> Any:
    """Return it with every literal text as long as Slack may count it."""
    if isinstance(value, list):
        return [escaped(each) for each in value]
    if not isinstance(value, dict):
        return value
    inside = {key: escaped(each) for key, each in value.items()}
    if value.get("type") == "plain_text":
        inside["text"] = escape(value["text"])
    return inside
