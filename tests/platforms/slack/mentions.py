"""Which texts would notify somebody or hide an address behind a label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.platforms.slack.seen import nested
from tests.platforms.slack.state import Json

_LIVE = re.compile(
    r"<(?:!(?:here|channel|everyone)|!subteam\^|@[UW]|https?://[^|>]*\||mailto:[^|>]*\|)[^>]*>"
)
_LOUD = re.compile(r"@(?:here|channel|everyone)\b")
_RICH = ("user", "usergroup", "broadcast")
_LITERAL = ("plain_text", "text", "link", "raw_text")
"""Text that Slack shows as it is, whatever it looks like; that of a link is rich text, too."""


def fired(sent: Json) -> list[str]:
    """Return the mentions and labelled links that would come alive in a message or a view."""
    texts = list(_marked_up(sent))
    found = [match for text in texts for match in _LIVE.findall(text)]
    if sent.get("link_names") or sent.get("parse") == "full":
        found += [match for text in texts for match in _LOUD.findall(text)]
    return found + [str(part) for part in nested(sent) if part.get("type") in _RICH]


def _marked_up(sent: Json) -> Iterator[str]:
    yield str(sent.get("text") or "")
    for part in nested([sent.get("blocks") or [], sent.get("attachments") or []]):
        if part.get("type") in _LITERAL or "action_id" in part:
            continue
        for key in ("text", "pretext", "title", "footer"):
            if isinstance(part.get(key), str):
                yield part[key]
