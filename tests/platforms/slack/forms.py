"""The inputs of a view as a person fills them in: by label, with the checks of the real client."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.platforms.slack.seen import label
from tests.platforms.slack.state import Json, View

Upload = tuple[str, str, bytes]
"""A file to hand in: its name, its type and what is in it."""

Answer = str | int | Sequence[str] | Sequence[Upload]

_VALUE = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "file_input": "files",
}
"""Under which key the state holds what was entered."""


@dataclass(frozen=True)
class Field:
    """Something that can be filled in; ``label`` is empty if it stands outside an input block."""

    block_id: str
    element: Json
    label: str
    optional: bool
    dispatches: bool
    """The program is told at once when it is filled in."""

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def key(self) -> str:
        return _VALUE[self.kind]


def fields(view: View) -> list[Field]:
    """Return the inputs of a view, in order."""
    found = []
    for block in view.blocks:
        words = html.unescape(block["label"]["text"]) if block["type"] == "input" else ""
        inside = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
        optional = bool(block.get("optional")) or block["type"] != "input"
        dispatches = bool(block.get("dispatch_action")) or block["type"] != "input"
        found += [
            Field(block["block_id"], element, words, optional, dispatches)
            for element in inside
            if element and element["type"] in _VALUE
        ]
    return found


def field_named(view: View, name: str) -> Field:
    """Return the input with this label, block_id or action_id."""
    known = fields(view)
    for field in known:
        if name in (field.label, field.block_id, field.action_id):
            return field
    raise AssertionError(f"no input {name!r}; there are {[f.label for f in known]}")


def initial(field: Field) -> Json:
    """Return the state of an input that nobody touched."""
    entered: object = [] if field.key.endswith("s") else None
    if (preset := "initial_" + field.key.removeprefix("selected_")) in field.element:
        entered = field.element[preset]
    return {"type": field.kind, field.key: entered}


def filled(field: Field, answer: Answer, upload: Callable[[Upload], Json]) -> Json:
    """Return the state of an input that was filled in. The client refuses what does not fit."""
    if field.key == "value":
        entered: object = _text(field, str(answer))
    elif field.key == "selected_option":
        entered = _option(field, str(answer))
    elif field.key == "files":
        entered = _files(field, answer, upload)
    elif field.key.endswith("s"):
        entered = [_chosen(field, str(one)) for one in _listed(answer)]
    else:
        entered = answer
    return {"type": field.kind, field.key: entered}


def missing(view: View) -> list[str]:
    """Return the labels of inputs that must be filled in and are not."""
    return [
        field.label
        for field in fields(view)
        if not field.optional and not view.answers[field.block_id][field.action_id][field.key]
    ]


def _text(field: Field, text: str) -> str | None:
    most = field.element.get("max_length", 3000)
    least = field.element.get("min_length", 0)
    assert len(text) <= most, f"{field.label}: {len(text)} characters, at most {most}"
    assert not text or len(text) >= least, f"{field.label}: at least {least} characters"
    return text or None


def _chosen(field: Field, answer: str) -> object:
    return _option(field, answer) if field.key == "selected_options" else answer


def _option(field: Field, wanted: str) -> Json:
    groups = field.element.get("option_groups") or []
    options = [*(field.element.get("options") or []), *(o for g in groups for o in g["options"])]
    for option in options:
        if label(option) == wanted:
            return dict(option)
    raise AssertionError(f"{field.label}: no {wanted!r}; there are {[label(o) for o in options]}")


def _listed(answer: Answer) -> Sequence[object]:
    assert not isinstance(answer, str | int), f"several answers wanted, not {answer!r}"
    return answer


def _files(field: Field, answer: Answer, upload: Callable[[Upload], Json]) -> list[Json]:
    most = field.element.get("max_files", 10)
    wanted = field.element.get("filetypes")
    handed: list[Json] = []
    for one in _listed(answer):
        assert isinstance(one, tuple), f"{field.label}: a file is (name, mimetype, bytes)"
        ending = one[0].rpartition(".")[2].lower()
        assert not wanted or ending in wanted, f"{field.label}: {ending} is none of {wanted}"
        handed.append(upload(one))
    assert len(handed) <= most, f"{field.label}: {len(handed)} files, at most {most}"
    return handed
