"""Reading the HTML that was made: its elements, its text, and whether it closes what it opens."""

from __future__ import annotations

from datetime import UTC
from html.parser import HTMLParser

from adapters.web import render
from adapters.web.messages import WebMessage
from adapters.web.render import Origin
from bot.core.cards import Card
from bot.core.forms import Form
from bot.core.interactions import Ask
from tests.unit.adapters.web.sample import START

VOID = {"input", "img", "meta", "link", "br", "progress", "path", "circle", "rect"}


class Tags(HTMLParser):
    """Reads HTML into its elements and its text, and checks that it closes what it opens."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attrs
            for name, attrs in self.elements
            if name == tag and wanted.items() <= attrs.items()
        ]


def read_card(card: Card) -> Tags:
    message = WebMessage(seq=1, id="m1", channel="c", stream="#c", card=card, posted_at=START)
    return Tags(render.message(message, UTC))


def read_form(
    form: Form, errors: dict[str, str] | None = None, number: int = 1, of: int = 1
) -> Tags:
    ask = Ask(form=form, session="s1", step="one", errors=errors or {}, number=number, of=of)
    return Tags(render.form(ask, Origin("m1", "t1"), 10_000_000))
