"""What a person reads in a message or a modal, whatever it was made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.platforms.discord.components import LINK, Part, walk
from tests.platforms.discord.modals import OpenModal
from tests.platforms.discord.state import Message
from tests.platforms.discord.wire import Json

_CODE = re.compile(r"```(?:\w+\n)?(.*?)```|`([^`]+)`", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!|~:@&/])")
_LINK = re.compile(r"\[([^\]]+)\]\(<?(\S+?)>?\)")
_LINE_MARK = re.compile(r"^(?:-# |#{1,3} |>>> |> )", re.MULTILINE)
_MARKS = re.compile(r"\*{1,3}|__|~~|\|\||(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
_SHIFT = 0xE000
"""Characters to be kept as they are wait in Unicode's private area while marks are removed."""


@dataclass(frozen=True)
class Seen:
    """The same fields for every chat.

    What stands in a ``menu`` counts with the ``buttons``: both are pressed.
    """

    title: str
    lines: tuple[str, ...]
    colour: str
    buttons: tuple[str, ...]
    links: tuple[str, ...]
    images: tuple[str, ...]
    files: tuple[str, ...]
    menu: tuple[str, ...] = ()


def seen(thing: Message | OpenModal) -> Seen:
    """Read a message, or a modal that is open."""
    if isinstance(thing, OpenModal):
        lines = tuple(_lines([thing.title, *_modal_texts(thing)]))
        return Seen(thing.title, lines, "", (), (), (), ())
    parts = list(walk(thing.components))
    texts = [thing.content, *_embed_texts(thing.embeds)]
    texts += [part["content"] for part in parts if part["type"] == Part.TEXT]
    lines = tuple(_lines(map(plain, texts)))
    buttons = [part for part in parts if part["type"] == Part.BUTTON]
    menu = [option["label"] for part in parts for option in part.get("options") or ()]
    images = (*_embed_images(thing.embeds), *_part_images(parts))
    return Seen(
        title=lines[0] if lines else "",
        lines=lines,
        colour=_colour(thing),
        buttons=(*(button.get("label") or "" for button in buttons), *menu),
        links=tuple(
            [url for text in texts for _, url in _LINK.findall(text)]
            + [embed["url"] for embed in thing.embeds if embed.get("url")]
            + [button["url"] for button in buttons if button.get("style") == LINK]
        ),
        images=images,
        files=tuple(each.name for each in thing.attachments if each.url not in images),
        menu=tuple(menu),
    )


def plain(markdown: str) -> str:
    """Return the text without its marks and escapes."""
    kept = _CODE.sub(lambda found: _keep(found[1] or found[2] or ""), markdown)
    kept = _ESCAPED.sub(lambda found: _keep(found[1]), kept)
    kept = _LINK.sub(r"\1", kept)
    kept = _MARKS.sub("", _LINE_MARK.sub("", kept))
    return "".join(_restored(character) for character in kept)


def _keep(text: str) -> str:
    return "".join(chr(ord(char) + _SHIFT) if ord(char) < 128 else char for char in text)


def _restored(character: str) -> str:
    return chr(ord(character) - _SHIFT) if 0 <= ord(character) - _SHIFT < 128 else character


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (line.strip() for line in text.splitlines() if line.strip())


def _modal_texts(modal: OpenModal) -> Iterator[str]:
    """Return what is read in a modal, where labels have no marks and texts have."""
    for part in walk(modal.components):
        yield part.get("label") or ""
        yield part.get("description") or ""
        if part["type"] == Part.TEXT:
            yield plain(part["content"])


def _embed_texts(embeds: list[Json]) -> Iterator[str]:
    for embed in embeds:
        yield (embed.get("author") or {}).get("name") or ""
        yield embed.get("title") or ""
        yield embed.get("description") or ""
        for field in embed.get("fields") or ():
            yield field["name"]
            yield field["value"]
        yield (embed.get("footer") or {}).get("text") or ""


def _embed_images(embeds: list[Json]) -> Iterator[str]:
    for embed in embeds:
        for key in ("thumbnail", "image"):
            if embed.get(key):
                yield embed[key]["url"]


def _part_images(parts: list[Json]) -> Iterator[str]:
    for part in parts:
        if part["type"] == Part.THUMBNAIL:
            yield part["media"]["url"]
        elif part["type"] == Part.GALLERY:
            yield from (item["media"]["url"] for item in part["items"])


def _colour(message: Message) -> str:
    colours = [embed.get("color") for embed in message.embeds]
    colours += [part.get("accent_color") for part in message.components]
    return next((f"#{colour:06x}" for colour in colours if colour is not None), "")
