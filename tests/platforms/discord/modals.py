"""A modal that a person has before them, with the checks that Discord's own program makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.platforms.discord.components import INPUTS, Part, walk
from tests.platforms.discord.state import Interaction
from tests.platforms.discord.wire import File, Json

Given = str | bool | Sequence[str] | Sequence[File]
"""A text; a tick; an option's label or several; files."""


@dataclass(eq=False)
class OpenModal:
    """Its inputs are known by the labels that the person reads."""

    title: str
    custom_id: str
    components: list[Json]
    opened_by: Interaction
    given: dict[str, Given] = field(default_factory=dict)

    @property
    def inputs(self) -> dict[str, Json]:
        """Return the inputs by their labels."""
        found: dict[str, Json] = {}
        for part in walk(self.components):
            if part["type"] == Part.LABEL:
                found[part["label"]] = part["component"]
            elif part["type"] == Part.TEXT_INPUT and part.get("label"):
                found[part["label"]] = part
        return found

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.inputs)

    def fill_in(self, values: Mapping[str, Given]) -> None:
        """Give answers, by label.

        Raises:
            AssertionError: it has no such input.
        """
        for label in values:
            assert label in self.inputs, f"{self.title!r} has {self.labels}, not {label!r}"
        self.given.update(values)

    def answers(self) -> dict[str, list[str] | str | bool | list[File]]:
        """Return each input's answer by its custom id, checked.

        Raises:
            AssertionError: Discord's program would not send it.
        """
        return {
            part["custom_id"]: _answer(label, part, self.given.get(label))
            for label, part in self.inputs.items()
        }

    def submitted(self, values: Mapping[str, object]) -> list[Json]:
        """Return the components as a submission carries them, with the values by custom id."""
        return [_submitted(part, values) for part in self.components]


def _answer(label: str, part: Json, given: Given | None) -> list[str] | str | bool | list[File]:
    kind = part["type"]
    if kind == Part.CHECKBOX:
        return bool(part.get("default", False) if given is None else given)
    if kind == Part.TEXT_INPUT:
        return _text(label, part, part.get("value") or "" if given is None else given)
    if kind == Part.UPLOAD:
        files = [each for each in _listed(given) if isinstance(each, tuple)]
        _check_count(label, part, len(files))
        return files
    chosen = [_option(label, part, str(each)) for each in _listed(given)]
    if given is None:
        chosen = [each["value"] for each in part.get("options") or () if each.get("default")]
        chosen += [each["id"] for each in part.get("default_values") or ()]
    _check_count(label, part, len(chosen))
    return chosen


def _text(label: str, part: Json, given: Given) -> str:
    assert isinstance(given, str), f"{label!r} takes a text"
    least, most = part.get("min_length") or 0, part.get("max_length") or 4000
    required = part.get("required", True)
    assert given or not required, f"{label!r} is required"
    assert not given or least <= len(given) <= most, f"{label!r} takes {least} to {most} characters"
    return given


def _option(label: str, part: Json, given: str) -> str:
    if "options" not in part:
        return given
    for option in part["options"]:
        if given in (option["label"], option["value"]):
            return str(option["value"])
    offered = [option["label"] for option in part["options"]]
    message = f"{label!r} offers {offered}, not {given!r}"
    raise AssertionError(message)


def _check_count(label: str, part: Json, number: int) -> None:
    required = part.get("required", True)
    assert number or not required, f"{label!r} is required"
    least = 1 if part.get("min_values") is None else part["min_values"]
    many = len(part["options"]) if part["type"] == Part.CHECKBOXES else 1
    most = part.get("max_values") or many
    assert not number or least <= number <= most, f"{label!r} takes {least} to {most}, not {number}"


def _listed(given: Given | None) -> Sequence[object]:
    if given is None or given in ("", ()):
        return ()
    return [given] if isinstance(given, str | bool) else given


def _submitted(part: Json, values: Mapping[str, object]) -> Json:
    body: Json = {"type": part["type"], "id": part["id"]}
    if part["type"] in INPUTS:
        value = values[part["custom_id"]]
        if part["type"] == Part.RADIO and isinstance(value, list):
            value = value[0] if value else None
        key = "values" if isinstance(value, list) else "value"
        return body | {"custom_id": part["custom_id"], key: value}
    if "component" in part:
        body["component"] = _submitted(part["component"], values)
    if "components" in part:
        body["components"] = [_submitted(inner, values) for inner in part["components"]]
    return body
