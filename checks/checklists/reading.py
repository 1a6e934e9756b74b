"""Reading a checklist's definition: a TOML file that a team may have written itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from bot.core.labeled import Duty
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.checklists.models.definitions import Area, Checklist, Item, ProofKind
from checks.checklists.lint import SECTIONS

LARGEST = 65_536
"""Bytes of a file; the longest that is shipped has a tenth."""
LONGEST_LINE = 500
"""Characters. The parser's time grows with the square of a dotted key's length."""
MOST_WRONG = 100
"""Sentences about one file."""
SHOWN = 60
"""Characters of what somebody wrote that are repeated to them."""

_PLACE = re.compile(r"\.items\[([0-9]+)\]", re.ASCII)
_KEY = re.compile(r"\.([a-z]+)", re.ASCII)
_KNOWN: Mapping[str, type[StrEnum]] = {"area": Area, "owner": Duty, "proof": ProofKind}
_RIGHT: Mapping[str, object] = {
    "id": "without-id",
    "title": "No title",
    "why": "No reason.",
    "section": SECTIONS[0],
    "area": Area.SECURITY.value,
    "owner": Duty.LEAD.value,
    "cadence": "0 9 * * mon",
}
"""Stands for what is missing or of the wrong kind; what is not here has a default."""
_TYPES = {
    "str": "text in quotes",
    "str | null": "text in quotes",
    "int": "a whole number",
    "array": "a list: items start with [[items]], other lists go in square brackets",
    "object": "a part that starts with [[items]]",
}


def read(path: Path) -> Checklist:
    """Read a definition; whether it makes sense is another question (``lint``).

    Raises:
        UserError: it is none; the sentence names the file, the item and what to do.
    """
    checklist, wrong = read_all(path)
    if checklist is None or wrong:
        raise UserError(wrong[0])
    return checklist


def read_all(path: Path) -> tuple[Checklist | None, list[str]]:
    """Return a definition as far as it can be read, and a sentence for all that cannot.

    What is wrong has something else in its place, so that ``lint`` can look at the rest.
    """
    try:
        raw = _parsed(path)
    except UserError as error:
        return None, [str(error)]
    wrong: list[str] = []
    while len(wrong) < MOST_WRONG:
        try:
            return msgspec.convert(raw, Checklist), wrong
        except msgspec.ValidationError as error:
            wrong.append(f"{named(path)}: {_sentence(raw, str(error))}")
            if not _replaced(raw, str(error)):
                break
    return None, wrong


def named(path: Path) -> str:
    """Return a file's name as it can be shown."""
    return one_line(path.name, SHOWN)


def _parsed(path: Path) -> dict[str, Any]:
    """Return what the file holds. Raises UserError."""
    try:
        return tomllib.loads(_text(path))
    except RecursionError:
        message = f"{named(path)}: it is nested too deeply. See the example in docs/checklists.md."
        raise UserError(message) from None
    except ValueError as error:
        why = one_line(str(error), 2 * SHOWN)
        message = f"{named(path)}: it is not TOML: {why}. See the example in docs/checklists.md."
        raise UserError(message) from error


def _text(path: Path) -> str:
    """Return the file's text. Raises UserError, or ValueError where it is not UTF-8."""
    try:
        if not path.is_file():
            message = f"{named(path)}: there is no such file. Check its name and folder."
            raise UserError(message)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        message = f"{named(path)}: it cannot be read ({error.strerror}). Check its permissions."
        raise UserError(message) from error
    if len(content) > LARGEST:
        message = f"{named(path)}: it is larger than {LARGEST // 1024} KiB. Split it in two."
        raise UserError(message)
    text = content.decode("utf-8-sig")
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            message = (
                f"{named(path)}: line {number} has {len(line):,} characters. "
                f"Shorten it to {LONGEST_LINE}."
            )
            raise UserError(message)
    return text


def _sentence(raw: Mapping[str, object], error: str) -> str:
    """Say in our words what the decoder found: where, what, and what to do."""
    what, at, path = error.rpartition(" - at `$")
    if not at:
        what, path = error, ""
    path = path.rstrip("`")
    found = _PLACE.match(path)
    if found is None:
        return _complaint(what, _key(path), Checklist)
    where = _item(raw, int(found[1]))
    return f"{where}: {_complaint(what, _key(path[found.end() :]), Item)}"


def _replaced(raw: dict[str, Any], error: str) -> bool:
    """Put something right in the place of what the decoder refused; False where nothing fits."""
    what, _, path = error.rpartition(" - at `$")
    what, path = (what, path.rstrip("`")) if what else (error, "")
    found = _PLACE.match(path)
    part: Any = raw
    if found:
        part, path = _entry(raw, int(found[1])), path[found.end() :]
    key = _key(path) if path else what.partition("`")[2].rstrip("`")
    right = f"item-{int(found[1]) + 1}" if found and key == "id" else _RIGHT.get(key)
    # Whoever wrote the file may have made up a key that looks like the decoder's words.
    if not isinstance(part, dict) or part.get(key, _RIGHT) == right or key == "items":
        return False
    given = part.pop(key, None)
    if right is not None:
        part[key] = right
    return given is not None or right is not None


def _key(path: str) -> str:
    found = _KEY.match(path)
    return found[1] if found else "it"


def _entry(raw: Mapping[str, Any], place: int) -> Any:
    items = raw.get("items")
    return items[place] if isinstance(items, list) and place < len(items) else None


def _item(raw: Mapping[str, object], place: int) -> str:
    """Name an item as its writer would find it."""
    entry = _entry(raw, place)
    id = entry.get("id") if isinstance(entry, dict) else None
    return f"item {one_line(id, SHOWN)}" if isinstance(id, str) and id else f"item {place + 1}"


def _complaint(what: str, key: str, kind: type[msgspec.Struct]) -> str:
    field = what.partition("`")[2].rstrip("`")
    if what.startswith("Object contains unknown field"):
        near = get_close_matches(field, kind.__struct_fields__, 1)
        hint = f"Did you mean {near[0]}?" if near else "Remove it."
        return f"{one_line(field, SHOWN)!r} is unknown. {hint}"
    if what.startswith("Object missing required field"):
        return f"{field} is missing. Add it."
    if what.startswith("Invalid enum value") and key in _KNOWN:
        value = one_line(what.removeprefix("Invalid enum value "), SHOWN)
        return f"{key} is {value}, which is unknown. Choose from: {', '.join(_KNOWN[key])}."
    wanted = _TYPES.get(field.partition("`")[0], "something else")
    return f"{key} has the wrong type. It must be {wanted}."
