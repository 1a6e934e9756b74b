"""Whom a message calls, as Discord writes it: ids of its own form alone. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adapters.discord.render import Json
from bot.core.mentions import Mention, MentionKind

ID = re.compile(r"[0-9]{15,20}", re.ASCII)


def calls(mentions: Sequence[Mention]) -> list[str]:
    """Return a line that calls them all; none where no id is one of Discord's."""
    signs = {MentionKind.PERSON: "@", MentionKind.GROUP: "@&"}
    shown = [f"<{signs[each.kind]}{each.id}>" for each in _known(mentions)]
    return [" ".join(shown)] if shown else []


def allowed(mentions: Sequence[Mention]) -> Json:
    """Return who may be pinged: exactly these, whatever the text says."""
    known = _known(mentions)
    users = [each.id for each in known if each.kind is MentionKind.PERSON]
    roles = [each.id for each in known if each.kind is MentionKind.GROUP]
    named = {"users": users, "roles": roles}
    return {"parse": [], **{kind: ids for kind, ids in named.items() if ids}}


def _known(mentions: Sequence[Mention]) -> list[Mention]:
    return [each for each in mentions if ID.fullmatch(each.id)]
