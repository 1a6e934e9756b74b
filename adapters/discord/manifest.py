"""What Discord is told of us: the commands, and the permissions that the bot needs."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from adapters.discord.render import Json
from bot.core.permissions import NEEDED, Role
from bot.core.request import CommandSpec, Param
from bot.core.text import one_line

MENU = "Add to case"
"""The command in the menu of a message."""

MANAGE_GUILD = "32"
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
_TOLD = ("type", "name", "description", "required", "autocomplete", "default_member_permissions")


def payload(specs: Sequence[CommandSpec]) -> list[Json]:
    """Return the commands as a server registers them."""
    return [*map(_slash, specs), {"type": 3, "name": MENU, "contexts": [0]}]


def is_same(ours: Sequence[Json], theirs: Sequence[Json]) -> bool:
    """Tell whether all are registered; Discord tells more of them, and drops what is empty."""
    first, second = (sorted(repr(_essence(each)) for each in all_) for all_ in (ours, theirs))
    return first == second


def text_of(specs: Sequence[CommandSpec], name: str, options: Sequence[Json]) -> str:
    """Return what was typed behind a command, in the order of the table."""
    # A command of the application's former life may have subcommands, which have no value.
    given = {option["name"]: str(option.get("value", "")).strip() for option in options}
    params = [param for spec in specs if spec.name == name for param in _params(spec)]
    return " ".join(
        f"{each.word} {given[each.name]}".strip() for each in params if given.get(each.name)
    )


def missing(granted: discord.Permissions) -> str:
    """Name the permissions that the bot lacks."""
    lacking = discord.Permissions(PERMISSIONS.value & ~granted.value)
    names = [name.replace("_", " ") for name, lacks in lacking if lacks]
    return ", ".join(names).replace("read messages", "view channel")


def titled(granted: discord.Permissions) -> str:
    """Name the permissions that the bot lacks as Discord shows them to people."""
    return missing(granted).title().replace(" In ", " in ")


def install_url(application: int) -> str:
    """Return the address at which an admin lets the bot in, with what it needs and no more."""
    scopes = ("bot", "applications.commands")
    return discord.utils.oauth_url(application, permissions=PERMISSIONS, scopes=scopes)


def _slash(spec: CommandSpec) -> Json:
    admin = NEEDED[spec.permission] is Role.ADMIN
    return {
        "type": 1,
        "name": spec.name,
        "description": one_line(spec.summary, 100),
        "options": sorted(map(_option, _params(spec)), key=lambda option: not option["required"]),
        "contexts": [0],
        "default_member_permissions": MANAGE_GUILD if admin else None,
    }


def _params(spec: CommandSpec) -> tuple[Param, ...]:
    return spec.params or ((Param("text", spec.usage),) if " " in spec.usage else ())


def _option(param: Param) -> Json:
    return {
        "type": 3,
        "name": param.name,
        "description": one_line(param.summary, 100),
        "required": param.required,
        "autocomplete": bool(param.suggest and not param.options),
        "choices": [{"name": each, "value": each} for each in param.options],
    }


def _essence(part: Json) -> Json:
    told: Json = {name: part[name] for name in _TOLD if part.get(name)}
    choices = [choice["value"] for choice in part.get("choices") or ()]
    return told | {"choices": choices, "options": list(map(_essence, part.get("options") or ()))}
