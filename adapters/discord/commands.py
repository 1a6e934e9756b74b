"""The table of commands as Discord registers it, and what a person chose of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adapters.discord.render import Json
from bot.app.call import CommandSpec, Param
from bot.domain.people import NEEDED, Role

ADD_TO_CASE = "Add to case"
"""The command on a message; ``add-to-case`` for the router."""
MANAGE_SERVER = "32"
"""Who lacks this permission does not see the command, unless the server's settings say so."""
DESCRIPTION = 100
CHOICES = 25
CHOICE = 100


def payload(specs: Iterable[CommandSpec]) -> list[Json]:
    """Return all commands of the table, and the one on messages."""
    return [*map(_command, specs), {"name": ADD_TO_CASE, "type": 3, "contexts": [0]}]


def text_of(spec: CommandSpec | None, options: Sequence[Json]) -> str:
    """Join what was chosen, in the table's order, as if it had been typed."""
    given = {str(option.get("name")): str(option.get("value", "")) for option in options}
    order = [param.name for param in spec.params] if spec else list(given)
    return " ".join(given[name] for name in order if given.get(name))


def wanted(specs: Iterable[CommandSpec], command: str, options: Sequence[Json]) -> tuple[str, str]:
    """Return what kind of thing the person is choosing, and what they typed of it so far."""
    params = {p.name: p for spec in specs if spec.name == command for p in spec.params}
    for option in options:
        param = params.get(str(option.get("name")))
        if option.get("focused") and param:
            return param.suggest, str(option.get("value", ""))
    return "", ""


def _command(spec: CommandSpec) -> Json:
    shown: Json = {
        "name": spec.name,
        "type": 1,
        "description": spec.summary[:DESCRIPTION],
        "contexts": [0],
        "options": [_option(param) for param in spec.params],
    }
    if NEEDED[spec.right] is Role.ADMIN:
        shown["default_member_permissions"] = MANAGE_SERVER
    return shown


def _option(param: Param) -> Json:
    shown: Json = {
        "type": 3,
        "name": param.name,
        "description": param.summary[:DESCRIPTION],
        "required": param.required,
    }
    if param.options:
        shown["choices"] = [{"name": value, "value": value} for value in param.options]
    elif param.suggest:
        shown["autocomplete"] = True
    return shown
