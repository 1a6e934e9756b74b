"""Whom a message calls, as Slack writes it: ids of its own form alone. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.core.mentions import Mention, MentionKind

PERSON = re.compile(r"[UW][A-Z0-9]{2,30}", re.ASCII)
"""The id of a person."""
GROUP = re.compile(r"S[A-Z0-9]{2,30}", re.ASCII)
"""The id of a user group."""


def calls(mentions: Sequence[Mention]) -> str:
    """Return the markup that calls them all; empty where no id is one of Slack's."""
    signs = {MentionKind.PERSON: "@", MentionKind.GROUP: "!subteam^"}
    return " ".join(f"<{signs[each.kind]}{each.id}>" for each in _known(mentions))


def calling(mentions: Sequence[Mention]) -> list[dict[str, Any]]:
    """Return a line of rich text that mentions all who are called."""
    parts: list[dict[str, Any]] = []
    for mention in _known(mentions):
        gap = [{"type": "text", "text": " "}] if parts else []
        if mention.kind is MentionKind.PERSON:
            parts += [*gap, {"type": "user", "user_id": mention.id}]
        else:
            parts += [*gap, {"type": "usergroup", "usergroup_id": mention.id}]
    return parts


def _known(mentions: Sequence[Mention]) -> list[Mention]:
    forms = {MentionKind.PERSON: PERSON, MentionKind.GROUP: GROUP}
    return [each for each in mentions if forms[each.kind].fullmatch(each.id)]
