"""What Discord is told of us: the commands, and the permissions that the bot needs."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from adapters.discord.render import Json
from bot.core.offered_commands import BRAND
from bot.core.permissions import NEEDED, Role
from bot.core.request import CommandSpec, Param
from bot.core.text import one_line

MENU = "Add to case"
"""The command in the menu of a message."""

SUBCOMMAND, GROUP = 1, 2
"""Types of what stands below a command. A command that is typed alone has the first one too."""
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
    """Return the commands as a server registers them: `/brand`, and what stands beside it."""
    beside = [_slash(spec) for spec in specs if spec.alone]
    return [_brand(specs), *beside, {"type": 3, "name": MENU, "contexts": [0]}]


def spelling(specs: Sequence[CommandSpec]) -> dict[str, str]:
    """Return how those commands are typed that do not stand alone, by name."""
    return {
        spec.name: " ".join(filter(None, (f"/{BRAND}", spec.group.head, spec.name)))
        for spec in specs
        if not spec.alone
    }


def innermost(name: str, options: Sequence[Json]) -> tuple[str, Sequence[Json]]:
    """Return the command that is typed, and what was given to it: it may stand below `/brand`."""
    if name == BRAND:
        while options and options[0]["type"] in (SUBCOMMAND, GROUP):
            name, options = options[0]["name"], options[0].get("options") or ()
    return name, options


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


def _brand(specs: Sequence[CommandSpec]) -> Json:
    """Return the one command: its commands, then its groups of them.

    Discord cannot hide single subcommands, so everyone sees them all; the router refuses.
    """
    groups = dict.fromkeys(spec.group for spec in specs if spec.group.head)
    flat = [_below(spec) for spec in specs if not spec.group.head]
    grouped = [
        {
            "type": GROUP,
            "name": group.head,
            "description": group.value,
            "options": [_below(spec) for spec in specs if spec.group is group],
        }
        for group in groups
    ]
    return {
        "type": 1,
        "name": BRAND,
        "description": "Everything Brandwarden can do.",
        "options": [*flat, *grouped],
        "contexts": [0],
        "default_member_permissions": None,
    }


def _slash(spec: CommandSpec) -> Json:
    admin = NEEDED[spec.permission] is Role.ADMIN
    permissions = MANAGE_GUILD if admin else None
    return {**_below(spec), "contexts": [0], "default_member_permissions": permissions}


def _below(spec: CommandSpec) -> Json:
    return {
        "type": SUBCOMMAND,
        "name": spec.name,
        "description": one_line(spec.summary, 100),
        "options": sorted(map(_option, _params(spec)), key=lambda option: not option["required"]),
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
