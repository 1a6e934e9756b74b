"""The checklists that are in use: those that are shipped, and the team's own."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Set
from pathlib import Path

import msgspec

from bot.core.cadences import Cadences
from bot.core.text import plain
from bot.features.checklists.models.definitions import Checklist
from checks.checklists.lint import lint
from checks.checklists.reading import named, read, read_all

FOLDER = Path(__file__).parent


class Examined(msgspec.Struct, frozen=True):
    """What a file comes to: a checklist that can be used, or what is wrong with it."""

    path: Path
    checklist: Checklist | None
    wrong: tuple[str, ...] = ()


class Gathered(msgspec.Struct, frozen=True):
    """What is in use, and a sentence for everything that had to be left out."""

    checklists: tuple[Checklist, ...]
    left_out: tuple[str, ...] = ()


@functools.cache
def shipped() -> tuple[Checklist, ...]:
    """Return the checklists that come with the program, by their names."""
    return tuple(read(path) for path in sorted(FOLDER.glob("*.toml")))


def examine(paths: Iterable[Path], cadences: Cadences, commands: Set[str]) -> list[Examined]:
    """Read and lint files; a name that one of them has already taken is free no more."""
    owners: dict[str, Path] = {}
    return [_examine(path, cadences, commands, owners) for path in paths]


def gather(folder: Path | None, cadences: Cadences, commands: Set[str]) -> Gathered:
    """Return the checklists of the team's folder, and those that are shipped.

    An own one takes the place of the shipped one of the same name. Own ones stand first: of two
    playbooks for one kind of attack the first begins. A file that is wrong is left out, so that a
    typing error stops nothing else.
    """
    if folder is None:
        return Gathered(shipped())
    try:
        paths = sorted(path for path in folder.iterdir() if _is_definition(path))
    except OSError as error:
        why = f"Cannot read your own checklists in {plain(str(folder))}: {error.strerror}."
        return Gathered(shipped(), (why,))
    found = examine(paths, cadences, commands)
    own = {each.checklist.id: each.checklist for each in found if each.checklist}
    others = (each for each in shipped() if each.id not in own)
    wrong = (why for each in found for why in each.wrong)
    return Gathered((*own.values(), *others), tuple(wrong))


def _is_definition(path: Path) -> bool:
    """Leave out what editors put beside a file that they have open."""
    return path.suffix == ".toml" and not path.name.startswith(".")


def _examine(
    path: Path, cadences: Cadences, commands: Set[str], owners: dict[str, Path]
) -> Examined:
    checklist, unread = read_all(path)
    if checklist is None:
        return Examined(path, None, tuple(unread))
    wrong = lint(checklist, cadences, commands)
    owner = path if unread else owners.setdefault(checklist.id, path)
    if owner != path:
        wrong.append(f"{named(owner)} also has the id {checklist.id}. Change one of them.")
    if unread or wrong:
        return Examined(path, None, (*unread, *(f"{named(path)}: {each}" for each in wrong)))
    return Examined(path, checklist)
