"""A definition in which everything is right, to be spoilt by tests."""

from __future__ import annotations

from pathlib import Path

import msgspec

from bot.core.labeled import Duty
from bot.features.checklists.models.definitions import Area, Checklist, Item

ITEM = Item(
    id="originals",
    title="Originals are kept",
    why="Without them we can only say that the picture is ours.",
    steps=("Copy the files of this month.",),
    link="https://sellercentral.amazon.com/gp/help/external/901",
    command="health",
    minutes=2,
)
CHECKLIST = Checklist(
    id="photo-studio",
    title="The photo studio",
    area=Area.PACKAGING,
    why="Pictures are the first thing that a stranger steals.",
    section="Strategies to protect your own brand rights",
    owner=Duty.LISTINGS,
    cadence="0 9 * * mon",
    items=(ITEM,),
)
TOML = """
id = "photo-studio"
title = "The photo studio"
area = "packaging"
section = "Strategies to protect your own brand rights"
owner = "listings"
cadence = "0 9 * * mon"
why = "Pictures are the first thing that a stranger steals."

[[items]]
id = "originals"
title = "Originals are kept"
why = "Without them we can only say that the picture is ours."
steps = ["Copy the files of this month."]
link = "https://sellercentral.amazon.com/gp/help/external/901"
command = "health"
minutes = 2
"""


LONGEST = msgspec.structs.replace(
    CHECKLIST,
    title="t" * 60,
    why="w" * 300,
    items=tuple(
        msgspec.structs.replace(
            ITEM,
            id=f"{place:02}".replace("0", "a").replace("1", "b") + "x" * 38,
            title="t" * 50,
            why="w" * 200,
            steps=("s" * 140,) * 6,
            expires=800,
        )
        for place in (0, 1, 10, 11)
    ),
)
"""As long as lint lets it be."""


def changed(**fields: object) -> Checklist:
    """Return the checklist with other fields."""
    return msgspec.structs.replace(CHECKLIST, **fields)


def with_item(**fields: object) -> Checklist:
    """Return the checklist with other fields of its item."""
    return changed(items=(msgspec.structs.replace(ITEM, **fields),))


def write(folder: Path, text: str | bytes = TOML, name: str = "own.toml") -> Path:
    """Write a definition into the folder."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
