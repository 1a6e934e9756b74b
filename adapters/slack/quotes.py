"""What a message of Slack's says, wherever Slack put it. Pure; the shapes come from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from adapters.slack.block_kit import Json

PARTS = 200
"""So many pieces of a message are read."""
WORDLESS = "(This message has no text.)"
BOT = "A bot"
EMAIL = "email"
"""The mode of an email; of one in a message, the words are kept."""


def text_of(message: Json) -> str:
    """Return a message's words, in Slack's markup.

    Those of bots may stand in blocks, those of a forwarded message in an attachment.
    """
    own = _str(message.get("text"))
    blocks = list(_blocks(message.get("blocks")))
    # A bot's text is what notifications read; what is seen are its blocks.
    first = blocks if blocks and (is_bots(message) or not own.strip()) else [own]
    parts = [*first, *(part for each in _shared(message) for part in _attachment(each))]
    return "\n".join(part.strip() for part in parts[:PARTS] if part.strip())


def files_of(message: Json) -> list[Json]:
    """Return Slack's objects of a message's files, with those of what it forwards."""
    places = (message, *_shared(message))
    return [file for place in places for file in _dicts(place.get("files"))]


def emails_of(files: list[Json]) -> list[str]:
    """Return the emails among the files, in words."""
    return ["\n".join(_email(file)) for file in files if file.get("mode") == EMAIL]


def bots_name(message: Json) -> str:
    """Return how a bot calls itself."""
    profile = message.get("bot_profile")
    known = profile.get("name") if isinstance(profile, dict) else None
    return _str(message.get("username")) or _str(known) or BOT


def is_bots(message: Json) -> bool:
    """Tell whether a program wrote it."""
    return bool(message.get("bot_id") or message.get("subtype") == "bot_message")


def _shared(message: Json) -> list[Json]:
    """Return what belongs to a message. What Slack shows of a link that a person wrote does not."""
    found = _dicts(message.get("attachments"))
    if is_bots(message) or not _str(message.get("text")).strip():
        return found
    return [each for each in found if each.get("is_share") or not each.get("from_url")]


def _attachment(given: Json) -> Iterator[str]:
    if author := _str(given.get("author_name")):
        forwarded = given.get("is_share") or given.get("is_msg_unfurl")
        yield f"Forwarded from {escape(author)}:" if forwarded else escape(author)
    inside = [each.get("message") for each in _dicts(given.get("message_blocks"))]
    forwarded_blocks = [block for each in _dicts(inside) for block in _blocks(each.get("blocks"))]
    title = [_str(given.get("pretext")), escape(_str(given.get("title")))]
    body = [*_blocks(given.get("blocks")), *forwarded_blocks]
    said = [*title, *([_str(given.get("text"))] if _str(given.get("text")) else body)]
    rows = _dicts(given.get("fields"))
    said += [f"{_str(row.get('title'))}: {_str(row.get('value'))}" for row in rows]
    yield from said if any(said) else [_str(given.get("fallback"))]


def _email(file: Json) -> Iterator[str]:
    froms = [each.get("original") or each.get("address") for each in _dicts(file.get("from"))]
    sender = ", ".join(_str(each) for each in froms if each)
    yield f"Email from {escape(sender or 'an unknown sender')}"
    if subject := _str(file.get("subject")) or _str(file.get("title")):
        yield f"Subject: {escape(subject)}"
    yield escape(_str(file.get("plain_text")) or _str(file.get("preview_plain_text")))


def _blocks(given: object) -> Iterator[str]:
    for block in _dicts(given):
        match block.get("type"):
            case "rich_text":
                yield from (_rich(part) for part in _dicts(block.get("elements")))
            case "table":
                rows = (row for row in block.get("rows") or () if isinstance(row, list))
                yield from (" | ".join(_rich(cell) for cell in _dicts(row)) for row in rows)
            case "section" | "header" | "context" | "markdown" | "image" | "video":
                parts = (block.get("title"), block.get("text"), block.get("alt_text"))
                more = (*_list(block.get("fields")), *_list(block.get("elements")))
                yield from (_text(part) for part in (*parts, *more))


_PIECES: Mapping[str, Callable[[Json], str]] = {
    "user": lambda part: f"<@{_str(part.get('user_id'))}>",
    "channel": lambda part: f"<#{_str(part.get('channel_id'))}>",
    "broadcast": lambda part: f"<!{_str(part.get('range'))}>",
    "usergroup": lambda _: "@group",
    "emoji": lambda part: f":{_str(part.get('name'))}:",
    "date": lambda part: escape(_str(part.get("fallback"))),
    "link": lambda part: f"<{_str(part.get('url'))}|{escape(_str(part.get('text')))}>",
    "rich_text_list": lambda part: "\n".join(
        f"- {_rich(each)}" for each in _dicts(part.get("elements"))
    ),
}
"""How the pieces of rich text stand in markup."""


def _rich(part: Json) -> str:
    """Return a piece of rich text, with what is inside it."""
    if known := _PIECES.get(_str(part.get("type"))):
        return known(part)
    inside = "".join(_rich(each) for each in _dicts(part.get("elements")))
    return inside or escape(_str(part.get("text")))


def _text(part: object) -> str:
    """Return a text object's words; of a picture, what stands for it."""
    if isinstance(part, str):
        return escape(part)
    if not isinstance(part, dict):
        return ""
    text = _str(part.get("text")) or _str(part.get("alt_text"))
    return text if part.get("type") == "mrkdwn" else escape(text)


def escape(text: str) -> str:
    """Return literal text as it stands in markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _str(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value[:PARTS] if isinstance(value, list) else []


def _dicts(value: object) -> list[Json]:
    return [each for each in _list(value) if isinstance(each, dict)]
