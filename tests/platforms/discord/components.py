"""The parts that messages and modals are made of."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from enum import IntEnum

from tests.platforms.discord.wire import Json


class Part(IntEnum):
    """Discord's numbers for the types of component."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    UPLOAD = 19
    RADIO = 21
    CHECKBOXES = 22
    CHECKBOX = 23


LINK = 5
"""The style of a button that opens a page and tells nobody."""

SELECTS = frozenset(
    {
        Part.SELECT,
        Part.USER_SELECT,
        Part.ROLE_SELECT,
        Part.MENTIONABLE_SELECT,
        Part.CHANNEL_SELECT,
    }
)
INPUTS = SELECTS | {Part.TEXT_INPUT, Part.UPLOAD, Part.RADIO, Part.CHECKBOXES, Part.CHECKBOX}


def walk(components: Iterable[Json]) -> Iterator[Json]:
    """Return each component and what is in it, in reading order."""
    for component in components:
        yield component
        yield from walk(component.get("components") or ())
        for key in ("component", "accessory"):
            if component.get(key):
                yield from walk([component[key]])


def numbered(components: Iterable[Json] | None) -> list[Json]:
    """Return a copy in which each component has an id, as Discord gives it one."""
    made = copy.deepcopy(list(components or ()))
    for number, component in enumerate(walk(made), start=1):
        if not component.get("id"):
            component["id"] = number
    return made
