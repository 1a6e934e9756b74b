"""Discord's markup of people, channels, emoji and moments, in words for a case's history. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from adapters.discord.render import Json
from bot.core.text import one_line

_MARKUP = re.compile(
    r"<(?P<sign>@[!&]?|#)(?P<id>\d{1,20})>"
    r"|<a?:(?P<emoji>\w{1,32}):\d{1,20}>"
    r"|<t:(?P<moment>-?\d{1,12})(?::[a-zA-Z])?>"
    r"|</(?P<command>[^:<>]{1,100}):\d{1,20}>",
    re.ASCII,
)
_NAME = 80
_KINDS = (("users", "@"), ("members", "@"), ("roles", "@&"), ("channels", "#"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

NameOf = Callable[[str, str], str]
"""Returns the name behind a sign (``@``, ``@&``, ``#``) and an id; empty if it is not known."""


def worded(text: str, name_of: NameOf) -> str:
    """Return the text as Discord shows it; who is not known keeps the id, which can be traced."""

    def replaced(found: re.Match[str]) -> str:
        if id := found["id"]:
            sign = found["sign"].replace("!", "")
            return f"{sign[0]}{one_line(name_of(sign, id), _NAME) or id}"
        if emoji := found["emoji"]:
            return f":{emoji}:"
        if moment := found["moment"]:
            return _moment(int(moment)) or found[0]
        return f"/{found['command']}"

    return _MARKUP.sub(replaced, text)


def names_in(resolved: object, mentions: Sequence[Json] = ()) -> Mapping[tuple[str, str], str]:
    """Return the names that came along with a command or with a message, by sign and id."""
    found: dict[tuple[str, str], str] = {}
    for kind, sign in _KINDS:
        known = resolved.get(kind) if isinstance(resolved, dict) else None
        for id, each in known.items() if isinstance(known, dict) else ():
            if name := _called(each):
                found[sign, str(id)] = name
    return found | {("@", str(each.get("id"))): _called(each) for each in mentions}


def _called(each: object) -> str:
    """Return the name of a person, role or channel, as the team knows it."""
    match each:
        case {"member": {"nick": str(name)}} if name:
            return name
        case {"nick": str(name)} if name:
            return name
        case {"global_name": str(name)} if name:
            return name
        case {"username": str(name)} | {"name": str(name)}:
            return name
    return ""


def _moment(seconds: int) -> str:
    try:
        at = _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return ""
    return f"{at.day} {at:%b %Y %H:%M} UTC"
