"""The words and files of a message that somebody wants to keep, wherever they stand in it. Pure.

A message has words in its content, in embeds, in components or in a poll; one that was forwarded
has them in a snapshot. All of it comes from outside: what has another shape counts as empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.discord.render import Json

DEPTH = 5
"""Components within components that are looked into."""

MANY = 50
"""Parts of a kind that are looked at."""

LONGEST = 8000
"""Characters that are kept."""

WORDLESS = "(This message has no text.)"


def words_of(message: Json) -> str:
    """Return what a person reads in a message."""
    lines = [line.strip() for line in _lines(message)]
    return "\n".join(filter(None, lines))[:LONGEST]


def files_of(message: Json) -> list[Json]:
    """Return the files of a message, and of what was forwarded with it."""
    own = _list(message, "attachments")
    forwarded = [file for each in _snapshots(message) for file in _list(each, "attachments")]
    return [file for file in (*own, *forwarded) if isinstance(file.get("filename"), str)]


def mentions_of(message: Json) -> list[Json]:
    """Return the people whom a message names, with what they are called."""
    return [each for part in (message, *_snapshots(message)) for each in _list(part, "mentions")]


def _lines(message: Json) -> Iterator[str]:
    yield _text(message, "content")
    for embed in _list(message, "embeds"):
        yield from _embed(embed)
    for component in _list(message, "components"):
        yield from _component(component, DEPTH)
    yield from _poll(message.get("poll"))
    for sticker in _list(message, "sticker_items"):
        yield f"Sticker: {_text(sticker, 'name')}"
    for snapshot in _snapshots(message):
        forwarded = words_of(snapshot)
        yield f"Forwarded: {forwarded}" if forwarded else ""


def _snapshots(message: Json) -> list[Json]:
    found = [each.get("message") for each in _list(message, "message_snapshots")]
    return [each for each in found if isinstance(each, dict) and "message_snapshots" not in each]


def _embed(embed: Json) -> Iterator[str]:
    author, footer = embed.get("author"), embed.get("footer")
    yield _text(author, "name")
    yield _text(embed, "title")
    yield _text(embed, "description")
    for field in _list(embed, "fields"):
        yield f"{_text(field, 'name')}: {_text(field, 'value')}"
    yield _text(footer, "text")


def _component(component: Json, depth: int) -> Iterator[str]:
    """Return the texts of a component and of those in it; a button's label is no text."""
    if depth:
        yield _text(component, "content")
        yield _text(component, "description")
        inner = [*_list(component, "components"), *_list(component, "items")]
        for each in (*inner, component.get("accessory")):
            if isinstance(each, dict):
                yield from _component(each, depth - 1)


def _poll(poll: object) -> Iterator[str]:
    if isinstance(poll, dict):
        yield _text(poll.get("question"), "text")
        for answer in _list(poll, "answers"):
            yield f"- {_text(answer.get('poll_media'), 'text')}"


def _list(part: Json, name: str) -> list[Json]:
    found = part.get(name)
    parts = found[:MANY] if isinstance(found, list) else ()
    return [each for each in parts if isinstance(each, dict)]


def _text(part: object, name: str) -> str:
    found = part.get(name) if isinstance(part, dict) else None
    return found if isinstance(found, str) else ""
