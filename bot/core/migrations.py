"""How documents that older versions of the program stored come to look like today's.

A field that is new and has a default needs no step here, nor does one that is gone. Steps are never
changed once they were released: a new one is added, with the next version.
"""

from __future__ import annotations

from bot.core.collections import PostedMessage
from bot.core.store import Fields, Migration

PAGE = "web"
"""The one chat that there was before messages said to which they belong."""


def _posted_in_a_chat(key: str, posted: Fields) -> tuple[str, Fields]:
    if "chat" in posted:
        return key, posted
    message, ref = posted["message"], posted["ref"]
    place = PostedMessage.place_of(PAGE, ref["channel"], ref["id"])
    return PostedMessage.key_of(PAGE, message), {**posted, "chat": PAGE, "place": place}


def _sent_to_a_chat(key: str, row: Fields) -> tuple[str, Fields]:
    if "chat" in row:
        return key, row
    return key, {**row, "chat": PAGE, "kept": not row.get("thread")}


MIGRATIONS = (
    Migration(1, "posted", _posted_in_a_chat),
    Migration(1, "outbox", _sent_to_a_chat),
)
