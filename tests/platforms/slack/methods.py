"""The form of a Web API method, and what holds for the arguments of all of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from tests.platforms.slack import limits
from tests.platforms.slack.mentions import fired
from tests.platforms.slack.state import Channel, Invalid, Json, Refused
from tests.platforms.slack.workspace import Workspace

_STRUCTURED = ("blocks", "attachments", "metadata", "view", "files")
_ANYWHERE = {"token", "team_id"}


@dataclass(frozen=True)
class Method:
    """A method: what it does, the scope it needs, and the arguments it knows."""

    act: Callable[[Workspace, Json], Json]
    scope: str = ""
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()

    def check(self, arguments: Json) -> None:
        """Refuse what is missing or unknown. Slack itself lets unknown arguments pass."""
        complaints = [f"missing argument {n}" for n in self.needs if not arguments.get(n)]
        unknown = set(arguments) - {*self.needs, *self.takes} - _ANYWHERE
        complaints += [f"unknown argument {name}" for name in sorted(unknown)]
        if complaints:
            raise Invalid("invalid_arguments", complaints)


async def arguments_of(request: web.Request) -> Json:
    """Return the arguments from the address, a form or a JSON body, lists and objects decoded."""
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await request.json()
    else:
        arguments |= await request.post()
    for name in _STRUCTURED:
        if isinstance(arguments.get(name), str):
            arguments[name] = json.loads(arguments[name])
    return arguments


def truth(value: object) -> bool:
    """Read a flag as Slack does: forms have no booleans."""
    return value in (True, 1, "1", "true", "True")


def channel_of(slack: Workspace, arguments: Json, *, member: bool = True) -> Channel:
    """Return the channel that is meant; a person's id means the conversation with her."""
    id = str(arguments["channel"])
    if id in slack.users:
        return slack.direct(id)
    if id not in slack.channels:
        raise Refused("channel_not_found")
    channel = slack.channels[id]
    if channel.private and slack.bot_user not in channel.members:
        raise Refused("channel_not_found")
    if member and slack.bot_user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def check_message(slack: Workspace, message: Json) -> None:
    """Refuse a message that breaks a limit; note what is allowed but unwise, and mentions."""
    complaints = limits.of_message(message)
    text = message.get("text") or ""
    if complaints:
        wrong = "msg_too_long" if len(text) > 40_000 else "invalid_blocks"
        raise Invalid(wrong, complaints)
    if len(text) > 4000:
        slack.warnings.append(f"text: {len(text)} characters, 4000 are advised")
    slack.warnings += limits.repeated_actions(message.get("blocks") or [])
    slack.mentions += fired(message)


def check_view(slack: Workspace, view: Json) -> None:
    """Refuse a view that breaks a limit; note mentions."""
    if complaints := limits.of_view(view):
        raise Invalid("invalid_arguments", complaints)
    slack.mentions += fired(view)
