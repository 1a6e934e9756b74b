"""The blocks of which Slack's messages and views consist, made of literal text. Pure.

Text stands in plain_text and rich_text, which know no markup: nothing in it becomes a mention, a
link or a format. Only where these cannot be is mrkdwn, and there it is escaped. Lengths are
characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.core.text import clip, plain
from bot.core.when import in_utc

Json = dict[str, Any]

SECTION = 3000
"""A section's text. Slack does not say whether its limits count a text before or after it is
escaped, so all that is made here meets them both ways."""

WHEN = "{date_short_pretty} {time}"
"""How Slack writes a moment, in the zone and the words of each reader."""

ADDRESS = re.compile(r"https?://[!-~]+")
"""An address that Slack takes for a link's."""


def modal(title: str, close: str, blocks: list[Json]) -> Json:
    """Return a modal with these blocks; Slack cuts off titles and words on buttons at 24."""
    words = {"title": plain_text(title, 24), "close": plain_text(close, 24)}
    return {"type": "modal", **words, "blocks": blocks}


def escape(text: str) -> str:
    """Return text in which mrkdwn finds no mention and no link."""
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(text: str, most: int = SECTION) -> Json:
    """Return literal text, cut visibly at ``most``. Slack refuses blank text, so it is a dash."""
    shown = plain(text) if text.strip() else "-"
    while len(escape(shown)) > most:
        shown = clip(shown, len(shown) - 1)
    return {"type": "plain_text", "text": shown, "emoji": False}


def rich(first: str, after: str = "", at: datetime | None = None) -> Json:
    """Return literal text: a line in bold, and what stands below it, ending with a moment."""
    return rich_text([strong(first), *below(after, at)])


def pointer(address: str) -> Json:
    """Return a line that leads to the message which one belongs to."""
    link = {"type": "link", "url": address, "text": "this alert"}
    return rich_text([{"type": "text", "text": "This belongs to "}, link])


def leading(threads: Sequence[tuple[str, str]]) -> Json:
    """Return a line that leads to threads."""
    parts: list[Json] = [{"type": "text", "text": "Threads:"}]
    for label, address in threads:
        parts += [
            {"type": "text", "text": " "},
            {"type": "link", "url": address, "text": plain(label)},
        ]
    return rich_text(parts)


def preformatted(label: str, text: str) -> Json:
    """Return words to be copied as they are, below a label."""
    block = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": plain(text)}]}
    head = {"type": "rich_text_section", "elements": [strong(label)]}
    return {"type": "rich_text", "elements": [head, block]}


def sections(text: str) -> list[Json]:
    """Return a paragraph; several, if the text is too long once it is escaped; none for blanks."""
    if len(escape(text)) <= SECTION:
        return [{"type": "section", "text": plain_text(text)}] if text.strip() else []
    middle = len(text) // 2
    cut = text.rfind("\n", 0, middle) + 1 or middle
    return [*sections(text[:cut]), *sections(text[cut:])]


def context(text: str, at: datetime | None = None) -> list[Json]:
    """Return a small grey line that ends with a moment, or nothing where there is neither."""
    told = [plain_text(text)] if text.strip() else []
    if at is not None:
        told.append({"type": "mrkdwn", "text": moment(at), "verbatim": True})
    return [{"type": "context", "elements": told}] if told else []


def below(text: str, at: datetime | None = None) -> list[Json]:
    """Return what stands on lines of its own below a line: literal text, then a moment."""
    told = [{"type": "text", "text": f"\n{plain(text)}{' ' if text and at else ''}"}]
    if at is None:
        return told if text else []
    stamp = int(at.timestamp())
    return [*told, {"type": "date", "timestamp": stamp, "format": WHEN, "fallback": in_utc(at)}]


def moment(at: datetime) -> str:
    """Return mrkdwn that each reader reads in their own zone."""
    return f"<!date^{int(at.timestamp())}^{WHEN}|{escape(in_utc(at))}>"


def rich_text(parts: Sequence[Json]) -> Json:
    """Return a paragraph of these parts."""
    section = {"type": "rich_text_section", "elements": list(parts)}
    return {"type": "rich_text", "elements": [section]}


def strong(text: str) -> Json:
    """Return a part of a paragraph: literal text in bold."""
    return {"type": "text", "text": plain(text), "style": {"bold": True}}
