"""Reading a page of HTML, as far as the suite needs it."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

_VOID = {"input", "img", "meta", "link", "br", "progress", "path", "circle", "rect"}


class Node:
    """An element and what is in it."""

    def __init__(self, tag: str, attrs: dict[str, str]) -> None:
        self.tag = tag
        self.attrs = attrs
        self.inside: list[Node | str] = []

    @property
    def text(self) -> str:
        """All that is written in it."""
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    def all(self, *tags: str, css: str = "", **attrs: str) -> Iterator[Node]:
        """Yield the elements in it of these tags, with this class and these attributes."""
        for each in self.inside:
            if isinstance(each, str):
                continue
            fits = each.tag in tags and (not css or css in each.classes)
            if fits and attrs.items() <= each.attrs.items():
                yield each
            yield from each.all(*tags, css=css, **attrs)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parse(html: str) -> Node:
    """Return what holds all of the page. Raises AssertionError if an element is left open."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    [root] = reader.open
    return root
