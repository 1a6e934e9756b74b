"""What a person reads in a message or a view, without the platform's vocabulary."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.platforms.slack.state import Json, Message, View

_TITLED = re.compile(r"<((?:https?|mailto)[^|>]*)\|([^>]*)>")
_BARE = re.compile(r"<((?:https?|mailto)[^|>]*)>")
_FALLBACK = re.compile(r"<!date[^|>]*\|([^>]*)>")
_PERSON = re.compile(r"<[@#!]([^|>]+)(?:\|[^>]*)?>")
_EMPHASIS = re.compile(r"(?<!\w)([*_~`])(?=\S)(.+?)(?<=\S)\1(?!\w)")


@dataclass(frozen=True)
class Seen:
    """A neutral reading; ``inputs`` are the labels of what can be filled in.

    What stands in a ``menu`` counts with the ``buttons``: both are pressed.
    """

    lines: tuple[str, ...]
    colour: str
    buttons: tuple[str, ...]
    links: tuple[str, ...]
    images: tuple[str, ...]
    files: tuple[str, ...]
    inputs: tuple[str, ...]
    menu: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The first line."""
        return self.lines[0] if self.lines else ""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def seen(shown: Message | View) -> Seen:
    """Read a message or a view as a person does."""
    parts = list(_parts(shown))
    buttons = [p for p in parts if p.get("type") == "button"]
    menu = [option for p in parts if p.get("type") == "overflow" for option in p["options"]]
    files = [file.name for file in shown.files] if isinstance(shown, Message) else []
    return Seen(
        lines=tuple(line for text in _texts(shown) for line in text.splitlines() if line.strip()),
        colour=next((p["color"] for p in parts if "color" in p), ""),
        buttons=tuple(label(each) for each in [*buttons, *menu]),
        links=tuple(_links(parts)),
        images=tuple(p["image_url"] for p in parts if p.get("image_url")),
        files=tuple(files),
        inputs=tuple(html.unescape(p["label"]["text"]) for p in parts if p.get("type") == "input"),
        menu=tuple(label(each) for each in menu),
    )


def plain(mrkdwn: str) -> str:
    """Return marked-up text as it is shown: labels of links, no markers, no entities."""
    text = _TITLED.sub(r"\2", mrkdwn)
    text = _BARE.sub(r"\1", text)
    text = _FALLBACK.sub(r"\1", text)
    text = _PERSON.sub(r"@\1", text)
    text = re.sub(r"^> ?", "", text, flags=re.MULTILINE)
    text = re.sub(r"```\n?", "", text)
    return html.unescape(_EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text)))


def label(element: Json) -> str:
    """Return what is written on a button or an option."""
    return _words(element["text"])


def all_blocks(shown: Message | View) -> list[Json]:
    """Return the blocks of a message or view, those in its attachments too."""
    if isinstance(shown, View):
        return shown.blocks
    inside = [block for a in shown.attachments for block in a.get("blocks", [])]
    return shown.blocks + inside


def nested(value: object) -> Iterator[Json]:
    """Yield every object inside a value, outer ones first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nested(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nested(inner)


def _parts(shown: Message | View) -> Iterator[Json]:
    yield from nested(shown.blocks)
    if isinstance(shown, Message):
        yield {"text": {"type": "mrkdwn", "text": shown.text}} if not shown.blocks else {}
        yield from nested(shown.attachments)


def _texts(shown: Message | View) -> Iterator[str]:
    if isinstance(shown, View):
        yield html.unescape(shown.title)
    elif not shown.blocks:
        # With blocks, the text is for notifications only.
        yield plain(shown.text)
    for block in shown.blocks:
        yield from _block_texts(block)
    for attachment in shown.attachments if isinstance(shown, Message) else []:
        for key in ("pretext", "title", "text"):
            yield plain(attachment.get(key) or "")
        for block in attachment.get("blocks", []):
            yield from _block_texts(block)


def _block_texts(block: Json) -> Iterator[str]:
    kind = block["type"]
    if kind == "rich_text":
        yield from _rich(block)
    elif kind == "markdown":
        yield plain(block["text"])
    elif kind == "table":
        for row in block["rows"]:
            yield " | ".join(" ".join(_cell(cell)) for cell in row)
    else:
        held = [block.get("title"), block.get("label"), block.get("text"), block.get("hint")]
        held += block.get("fields") or []
        held += block.get("elements") or [] if kind == "context" else []
        yield from (_words(text) for text in held if text and _is_text(text))


def _cell(cell: Json) -> Iterable[str]:
    return [plain(cell["text"])] if cell["type"] == "raw_text" else _rich(cell)


def _rich(block: Json) -> Iterator[str]:
    for section in block["elements"]:
        leaves = [part for part in nested(section) if part is not section]
        words = (str(leaf.get("text") or leaf.get("url") or "") for leaf in leaves)
        yield "".join(words)


def _is_text(part: Json) -> bool:
    return part.get("type") in ("plain_text", "mrkdwn")


def _words(text: Json) -> str:
    words = str(text["text"])
    return html.unescape(words) if text["type"] == "plain_text" else plain(words)


def _links(parts: list[Json]) -> Iterator[str]:
    for part in parts:
        if part.get("type") in ("button", "link") and part.get("url"):
            yield part["url"]
        text = part.get("text")
        marked = text["text"] if isinstance(text, dict) and text.get("type") == "mrkdwn" else ""
        if part.get("type") == "mrkdwn":
            continue
        for found in re.finditer(r"<(https?[^|>]*)[|>]", marked):
            yield html.unescape(found[1])
