"""Discord's limits of buttons, selects and modals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.platforms.discord.components import INPUTS, LINK, SELECTS, Part, walk
from tests.platforms.discord.wire import Json, Problem

BUTTONS_A_ROW = 5
OPTIONS = 25
CUSTOM_ID = 100
TEXT = 4000


def component_problems(components: list[Json], path: str = "components") -> list[Problem]:
    """Return what Discord refuses in the components of a message or a modal."""
    ids = Counter(part["custom_id"] for part in walk(components) if part.get("custom_id"))
    problems = [(path, f"Component custom id {id!r} is duplicated") for id in ids if ids[id] > 1]
    for number, component in enumerate(components):
        problems += _part_problems(component, f"{path}.{number}")
    return problems


def modal_problems(modal: Json) -> list[Problem]:
    """Return what Discord refuses in a modal."""
    components = modal.get("components") or []
    problems = component_problems(components)
    problems += _length(modal, "title", "title", 1, 45)
    problems += _length(modal, "custom_id", "custom_id", 1, CUSTOM_ID)
    if not 1 <= len(components) <= 5:
        problems.append(("components", "Must be between 1 and 5 in length."))
    return problems


def _part_problems(part: Json, path: str) -> Iterator[Problem]:
    check = _input_problems if part["type"] in INPUTS else _CHECKS.get(part["type"])
    if check:
        yield from check(part, path)
    for number, inner in enumerate(part.get("components") or ()):
        yield from _part_problems(inner, f"{path}.components.{number}")
    for key in ("component", "accessory"):
        if part.get(key):
            yield from _part_problems(part[key], f"{path}.{key}")


def _label_problems(part: Json, path: str) -> Iterator[Problem]:
    yield from _length(part, "label", f"{path}.label", 1, 45)
    yield from _length(part, "description", f"{path}.description", 1, 100, needed=False)


def _text_problems(part: Json, path: str) -> Iterator[Problem]:
    yield from _length(part, "content", f"{path}.content", 1, TEXT)


def _row_problems(row: Json, path: str) -> Iterator[Problem]:
    inner = row.get("components") or []
    if not 1 <= len(inner) <= BUTTONS_A_ROW:
        yield f"{path}.components", f"Must be between 1 and {BUTTONS_A_ROW} in length."
    if len(inner) > 1 and any(part["type"] != Part.BUTTON for part in inner):
        yield f"{path}.components", "A select fills its row."


def _button_problems(button: Json, path: str) -> Iterator[Problem]:
    yield from _length(button, "label", f"{path}.label", 0, 80, needed=False)
    if not button.get("label") and not button.get("emoji"):
        yield f"{path}.label", "A button needs a label or an emoji."
    if button.get("style") != LINK:
        yield from _length(button, "custom_id", f"{path}.custom_id", 1, CUSTOM_ID)
        return
    if button.get("custom_id"):
        yield f"{path}.custom_id", "A custom id and url cannot both be specified"
    yield from _length(button, "url", f"{path}.url", 1, 512)
    if not str(button.get("url")).startswith(("http://", "https://", "discord://")):
        yield f"{path}.url", "Scheme must be one of http, https, discord."


def _input_problems(part: Json, path: str) -> Iterator[Problem]:
    kind = part["type"]
    most = 100 if kind == Part.TEXT_INPUT else 150
    yield from _length(part, "custom_id", f"{path}.custom_id", 1, CUSTOM_ID)
    yield from _length(part, "placeholder", f"{path}.placeholder", 0, most, needed=False)
    if kind == Part.TEXT_INPUT:
        most = part.get("max_length") or TEXT
        yield from _length(part, "value", f"{path}.value", 0, most, needed=False)
    if kind in (Part.SELECT, Part.RADIO, Part.CHECKBOXES):
        yield from _option_problems(part, path)
    if kind in SELECTS and (part.get("max_values") or 1) < (part.get("min_values") or 0):
        yield f"{path}.max_values", "Must be at least min_values."


def _option_problems(part: Json, path: str) -> Iterator[Problem]:
    options = part.get("options") or []
    least = 2 if part["type"] == Part.RADIO else 1
    most = OPTIONS if part["type"] == Part.SELECT else 10
    if not least <= len(options) <= most:
        yield f"{path}.options", f"Must be between {least} and {most} in length."
    if len({option.get("value") for option in options}) < len(options):
        yield f"{path}.options", "The specified option value is already used"
    for number, option in enumerate(options):
        place = f"{path}.options.{number}"
        yield from _length(option, "label", f"{place}.label", 1, 100)
        yield from _length(option, "value", f"{place}.value", 1, 100)
        yield from _length(option, "description", f"{place}.description", 1, 100, needed=False)


def _length(
    part: Json, key: str, path: str, least: int, most: int, *, needed: bool = True
) -> Iterator[Problem]:
    value = part.get(key)
    if value is None and not needed:
        return
    if not least <= len(value or "") <= most:
        yield path, f"Must be between {least} and {most} in length."


_CHECKS = {
    Part.ROW: _row_problems,
    Part.BUTTON: _button_problems,
    Part.LABEL: _label_problems,
    Part.TEXT: _text_problems,
}
