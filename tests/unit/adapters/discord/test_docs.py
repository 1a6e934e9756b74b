"""The page about Discord names the permissions that the code asks for, and no others."""

from __future__ import annotations

import re
from pathlib import Path

from adapters.discord.manifest import PERMISSIONS, missing

PAGE = (Path(__file__).parents[4] / "docs" / "discord.md").read_text()


def test_the_table_has_every_permission() -> None:
    [table] = re.findall(r"## What each permission is for\n((?:\|.*\n)+)", PAGE)
    rows = [line.split("|")[1] for line in table.splitlines()[2:]]
    told = {name.strip().lower() for row in rows for name in row.split(",")}
    assert told == set(missing(type(PERMISSIONS).none()).split(", "))
