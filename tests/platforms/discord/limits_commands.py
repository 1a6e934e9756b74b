"""Discord's limits of application commands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.platforms.discord.wire import Json, Problem

CHAT_INPUT = 1
COMMANDS = 100
CONTEXT_MENUS = 15
OPTIONS = 25
CHARACTERS = 8000
_NAME = re.compile(r"[-_'\w]{1,32}")


def command_problems(commands: list[Json]) -> list[Problem]:
    """Return what Discord refuses in a list of commands."""
    problems: list[Problem] = []
    kinds = Counter(command.get("type") or CHAT_INPUT for command in commands)
    for kind, number in kinds.items():
        if number > (COMMANDS if kind == CHAT_INPUT else CONTEXT_MENUS):
            problems.append(("commands", f"Maximum number of commands of type {kind} reached"))
    names = Counter((each.get("type") or CHAT_INPUT, each.get("name")) for each in commands)
    problems += [("commands", f"Name {name} is not unique") for name in names if names[name] > 1]
    for number, command in enumerate(commands):
        problems += _command_problems(command, str(number))
    return problems


def _command_problems(command: Json, path: str) -> Iterator[Problem]:
    if (command.get("type") or CHAT_INPUT) == CHAT_INPUT:
        yield from _name_problems(command, path)
        if _size(command) > CHARACTERS:
            yield path, f"Must be {CHARACTERS} or fewer characters in all."
        yield from _option_list_problems(command, path)
    elif not 1 <= len(command.get("name") or "") <= 32:
        yield f"{path}.name", "Must be between 1 and 32 in length."
    elif command.get("description"):
        yield f"{path}.description", "Context menu commands cannot have description"


def _option_list_problems(owner: Json, path: str) -> Iterator[Problem]:
    options = owner.get("options") or []
    if len(options) > OPTIONS:
        yield f"{path}.options", f"Must be {OPTIONS} or fewer in length."
    needed = [bool(option.get("required")) for option in options]
    if needed != sorted(needed, reverse=True):
        yield f"{path}.options", "Required options must be placed before non-required options"
    if len({option.get("name") for option in options}) < len(options):
        yield f"{path}.options", "Option name is not unique"
    for number, option in enumerate(options):
        place = f"{path}.options.{number}"
        yield from _name_problems(option, place)
        yield from _choice_problems(option, place)
        yield from _option_list_problems(option, place)


def _choice_problems(option: Json, path: str) -> Iterator[Problem]:
    choices = option.get("choices") or []
    if len(choices) > OPTIONS:
        yield f"{path}.choices", f"Must be {OPTIONS} or fewer in length."
    if choices and option.get("autocomplete"):
        yield f"{path}.autocomplete", "Cannot be used with choices."
    yield from choice_problems(choices, f"{path}.choices")


def choice_problems(choices: list[Json], path: str) -> Iterator[Problem]:
    """Return what Discord refuses in choices, of a command or an autocompletion."""
    if len(choices) > OPTIONS:
        yield path, f"Must be {OPTIONS} or fewer in length."
    for number, choice in enumerate(choices):
        for key in ("name", "value"):
            if not 1 <= len(str(choice.get(key, ""))) <= 100:
                yield f"{path}.{number}.{key}", "Must be between 1 and 100 in length."


def _name_problems(part: Json, path: str) -> Iterator[Problem]:
    name = part.get("name") or ""
    if not _NAME.fullmatch(name) or name != name.lower():
        yield f"{path}.name", "Command name is invalid"
    if not 1 <= len(part.get("description") or "") <= 100:
        yield f"{path}.description", "Must be between 1 and 100 in length."


def _size(part: Json) -> int:
    own = len(part.get("name") or "") + len(part.get("description") or "")
    choices = sum(len(c["name"]) + len(str(c["value"])) for c in part.get("choices") or ())
    return own + choices + sum(_size(option) for option in part.get("options") or ())
