"""The chat platforms, as their folders describe them, and the settings of all parts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic_settings import BaseSettings

import adapters
from bot.core.chat_platform import ChatPlatform
from bot.settings import Settings


def _described() -> Iterator[ChatPlatform[Any]]:
    """Read the description in each folder of the adapters that has one.

    Raises:
        TypeError: a ``platform.py`` has no ``PLATFORM``.
    """
    for file in sorted(Path(adapters.__path__[0]).glob("*/platform.py")):
        found = getattr(import_module(f"adapters.{file.parent.name}.platform"), "PLATFORM", None)
        if not isinstance(found, ChatPlatform):
            message = f"{file} must set PLATFORM to a ChatPlatform."
            raise TypeError(message)
        yield found


PLATFORMS = tuple(_described())
"""All chats besides the local page, by their names."""

SETTINGS: tuple[type[BaseSettings], ...] = (Settings, *(each.settings for each in PLATFORMS))
"""What is read from the environment or ``.env``."""


def variables(part: type[BaseSettings]) -> dict[str, str]:
    """Return the names of the environment variables of a part's fields, by the fields' names."""
    prefix = part.model_config.get("env_prefix", "")
    return {field: f"{prefix}{field}".upper() for field in part.model_fields}
