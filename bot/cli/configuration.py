"""The settings as they are read, and in words what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import msgspec
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings
from pydantic_settings import PydanticBaseSettingsSource as Source

from bot.bootstrap.chat_platforms import SETTINGS, variables
from bot.errors import UserError
from bot.settings import Settings

P = TypeVar("P", bound=BaseSettings)

DURATION = "write a duration like PT10M (10 minutes)"
WORDS = {
    "bool": "write true or false",
    "int": "write a whole number",
    "time": DURATION,
    "literal": "write {expected}",
    "enum": "write {expected}",
    "greater": "write {ge} or more",
    "less": "write {le} or less",
    "string": "it has a character that is not allowed",
    "value": "{error}",
}
"""What is wrong, by how the library's word for it begins."""
UNREADABLE = "it cannot be read"


class Wrong(msgspec.Struct, frozen=True):
    """A setting that cannot be used."""

    name: str
    """Of its variable."""
    says: str
    """Why, and what to write; never what was given, which may be a secret."""

    def __str__(self) -> str:
        """Return a sentence."""
        return f"{self.name} {self.says}"


class Configuration(msgspec.Struct, frozen=True):
    """All that the settings say; what is wrong stands at its default."""

    settings: Settings
    wrong: tuple[Wrong, ...]
    unusable: frozenset[type[BaseSettings]]
    """The parts in which something is wrong."""


def read_configuration() -> Configuration:
    """Read all settings. Raises OSError or UnicodeDecodeError: ``.env`` cannot be read."""
    found = {part: _read(part) for part in SETTINGS}
    return Configuration(
        cast(Settings, found[Settings][0]),
        tuple(each for _, wrong in found.values() for each in wrong),
        frozenset(part for part, (_, wrong) in found.items() if wrong),
    )


def _read(part: type[P]) -> tuple[P, list[Wrong]]:
    """Read a part, and say what is wrong with it."""
    wrong: list[Wrong] = []
    usable = part
    try:
        return part(), wrong
    except UserError as error:
        told = (line.partition(" ") for line in str(error).splitlines())
        wrong = [Wrong(name, says) for name, _, says in told]
        usable = _without_files(part)
    except ValidationError:
        pass
    try:
        return usable(), wrong
    except ValidationError as error:
        # Without what was given: it may be a secret in the wrong place.
        found = error.errors(include_input=False, include_url=False)
        wrong += [_worded(part, each) for each in found]
        defaults = {str(each["loc"][0]) for each in found}
        return usable(**{name: part.model_fields[name].get_default() for name in defaults}), wrong


def _without_files(part: type[P]) -> type[P]:
    """Return the part as it is without the files that secrets may come from."""

    def sources(
        _: type[BaseSettings],
        init_settings: Source,
        env_settings: Source,
        dotenv_settings: Source,
        **__: Source,
    ) -> tuple[Source, ...]:
        return init_settings, env_settings, dotenv_settings

    own = {"settings_customise_sources": staticmethod(sources)}
    return cast(type[P], type(part.__name__, (part,), own))


def _worded(part: type[BaseSettings], wrong: ErrorDetails) -> Wrong:
    """Say which setting is wrong, why, and what it is for."""
    field = str(wrong["loc"][0])
    meaning = part.model_fields[field].description
    return Wrong(variables(part)[field], f"is wrong: {_why(wrong)}. ({meaning})")


def _why(wrong: ErrorDetails) -> str:
    """Say what to write, without a word of the library that read it."""
    told: Mapping[str, Any] = wrong.get("ctx", {})
    words = WORDS.get(wrong["type"].partition("_")[0], UNREADABLE)
    if "microseconds" in str(told.get("ge")):
        return "write a longer duration, like PT1M"
    return words.format(**{**told, "expected": str(told.get("expected")).replace("'", "")})
