"""Text as Slack's Block Kit. Pure. Lengths are characters.

Text stands in plain_text and rich_text, which know no markup: nothing in it becomes a mention, a
link or a format. Only where these cannot be is mrkdwn, and there it is escaped.
"""

from __future__ import annotations

from typing import Any

from bot.core.text import clip, plain

Json = dict[str, Any]

SECTION = 3000
"""A section's text. Nobody says whether Slack's limits count a text before or after it is escaped,
so all that is made here meets them both ways."""


def escape(text: str) -> str:
    """Return text in which mrkdwn finds no mention and no link."""
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(text: str, most: int = SECTION) -> Json:
    """Return literal text, cut visibly at ``most``. Slack refuses blank text, so it is a dash."""
    shown = plain(text) if text.strip() else "-"
    while len(escape(shown)) > most:
        shown = clip(shown, len(shown) - 1)
    return {"type": "plain_text", "text": shown, "emoji": False}


def rich(first: str, after: str = "") -> Json:
    """Return literal text: a line in bold, and what stands below it."""
    parts = [_strong(first)]
    if after:
        parts.append({"type": "text", "text": f"\n{plain(after)}"})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def pointer(address: str) -> Json:
    """Return a line that leads to the message which one belongs to."""
    link = {"type": "link", "url": address, "text": "this alert"}
    parts = [{"type": "text", "text": "This belongs to "}, link]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def preformatted(label: str, text: str) -> Json:
    """Return words to be copied as they are, below a label."""
    block = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": plain(text)}]}
    head = {"type": "rich_text_section", "elements": [_strong(label)]}
    return {"type": "rich_text", "elements": [head, block]}


def _strong(text: str) -> Json:
    return {"type": "text", "text": plain(text), "style": {"bold": True}}


def sections(text: str) -> list[Json]:
    """Return a paragraph; several, if the text is too long once it is escaped; none for blanks."""
    if len(escape(text)) <= SECTION:
        return [{"type": "section", "text": plain_text(text)}] if text.strip() else []
    middle = len(text) // 2
    cut = text.rfind("\n", 0, middle) + 1 or middle
    return [*sections(text[:cut]), *sections(text[cut:])]


def context(text: str) -> list[Json]:
    """Return a small grey line, or nothing for a blank text."""
    line = {"type": "context", "elements": [plain_text(text)]}
    return [line] if text.strip() else []


def modal(title: str, close: str, blocks: list[Json]) -> Json:
    """Return a modal with these blocks; Slack cuts off titles and words on buttons at 24."""
    words = {"title": plain_text(title, 24), "close": plain_text(close, 24)}
    return {"type": "modal", **words, "blocks": blocks}
