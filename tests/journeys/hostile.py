"""Texts that were written to do harm, or that no programmer expected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from html.parser import HTMLParser

import msgspec

from adapters.web import render
from adapters.web.filters import signed
from bot.core.cards import Card, Field, Menu

TEXTS = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": "\" onclick='alert(1)' x=\"",
    "mention": "<!channel> <@U123> @everyone @here",
    "link": "[click](https://evil.example) <https://evil.example|Amazon>",
    "template": "{{ 7 * 7 }} {% raw %} {0} %s ${x}",
    "long": "W" * 10_000,
    "direction": "\u202egnp.exe\u2066 \u200f",
    "formula": '=HYPERLINK("https://evil.example","Amazon")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "guarded": "'=1+1",
    "null bytes": "\x00Pan\x00\x07",
    "emoji": "\N{FIRE}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{VARIATION SELECTOR-16}" * 40,
    "zero width": "Pa\u200bn\u2060 \ufeff3\u00ad",
    "carriage return": "one\rtwo",
    "lines": "one\r\ntwo\rthree\u2028four\tfive",
}


class _Structure(HTMLParser):
    """Keeps the tags with the names of their attributes apart from the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def shown(card: Card) -> tuple[list[tuple[str, ...]], str]:
    """Return the tags of the page's HTML for a card, and the text that people see."""
    structure = _Structure()
    structure.feed(render.private(card, "p1", "", UTC))
    return structure.tags, "".join(structure.text)


def blank(card: Card) -> Card:
    """Return a card of the same shape that says nothing."""
    return msgspec.structs.replace(
        card,
        title="x",
        gist="x" if card.gist else "",
        body="x" if card.body else "",
        footer="x" if card.footer else "",
        fields=tuple(_blank_field(one) for one in card.fields),
        buttons=tuple(msgspec.structs.replace(one, label="x") for one in card.buttons),
        menu=_blank_menu(card.menu),
    )


def _blank_field(one: Field) -> Field:
    tone, _ = signed(one.label)
    label = f"{tone.symbol} x" if tone else "x"
    return msgspec.structs.replace(one, label=label, value="x" if one.value else "")


def _blank_menu(menu: Menu | None) -> Menu | None:
    if menu is None:
        return None
    items = tuple(msgspec.structs.replace(one, label="x") for one in menu.items)
    return msgspec.structs.replace(menu, label="x", items=items)


def texts(card: Card) -> Iterator[str]:
    """Yield all that a card says."""
    yield from (card.title, card.gist, card.body, card.footer)
    for field in card.fields:
        _, label = signed(field.label)
        yield from (label, field.value)
    for button in card.pressable:
        yield button.label
