"""Slack's limits on messages and views. Everything that Slack would refuse is a complaint."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import JsonObject
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as SdkView

from tests.platforms.slack.elements import of_element, of_texts
from tests.platforms.slack.seen import nested
from tests.platforms.slack.state import Json

_ALWAYS = {"type", "block_id"}
_UNREADABLE = (SlackObjectFormationError, TypeError, ValueError, KeyError, AttributeError)


def of_message(message: Json) -> list[str]:
    """Return what is wrong with a message's text, blocks, attachments and metadata."""
    found: list[str] = []
    if len(message.get("text") or "") > 40_000:
        found.append("text: longer than 40000 characters")
    blocks = message.get("blocks") or []
    found += of_blocks(blocks, most=50)
    attachments = message.get("attachments") or []
    if len(attachments) > 100:
        found.append(f"attachments: {len(attachments)}, at most 100")
    for number, attachment in enumerate(attachments):
        inside = of_blocks(attachment.get("blocks") or [], most=50)
        found += [f"attachments/{number}/{complaint}" for complaint in inside]
    tables = [part for part in nested([blocks, attachments]) if part.get("type") == "table"]
    if len(tables) > 1:
        found.append("blocks: more than one table")
    found += [f"{b['type']}: modals only" for b in nested(blocks) if b.get("type") == "file_input"]
    found += _of_metadata(message.get("metadata"))
    return found


def of_view(view: Json) -> list[str]:
    """Return what is wrong with a modal or a home."""
    found = list(of_blocks(view.get("blocks") or [], most=100))
    found += _of_sdk(lambda: SdkView(**deepcopy(view)), view)
    size = len(json.dumps(view).encode())
    if size > 250_000:
        found.append(f"view: {size} bytes, at most 250 kB")
    inputs = [b for b in view.get("blocks") or [] if b.get("type") == "input"]
    if view.get("type") == "modal":
        if not view.get("title"):
            found.append("view: no title")
        if inputs and not view.get("submit"):
            found.append("view: inputs without submit")
    return [*found, *(c for key in ("title", "submit", "close") for c in of_texts(view.get(key)))]


def of_blocks(blocks: list[Json], most: int) -> list[str]:
    """Return what is wrong with a list of blocks."""
    if not all(isinstance(block, dict) for block in blocks):
        return ["blocks: not a list of objects"]
    found = [f"blocks: {len(blocks)}, at most {most}"] if len(blocks) > most else []
    found += _repeated("block_id", (b.get("block_id") for b in blocks))
    for number, block in enumerate(blocks):
        try:
            found += [f"blocks/{number}: {complaint}" for complaint in _of_block(block)]
        except _UNREADABLE as error:
            found.append(f"blocks/{number}: malformed: {error!r}")
    return found


def repeated_actions(blocks: list[Json]) -> list[str]:
    """Return complaints about action ids that several blocks share: allowed, but a trap."""
    return list(_repeated("action_id", (part.get("action_id") for part in nested(blocks))))


def _of_block(block: Json) -> Iterator[str]:
    parsed = _of_sdk(lambda: Block.parse(deepcopy(block)), block)
    yield from parsed
    if parsed:
        return
    yield from _repeated("action_id", (part.get("action_id") for part in nested(block)))
    yield from of_texts(block)
    for part in nested(block):
        yield from of_element(part)
    if extra := _EXTRA.get(block["type"]):
        yield from extra(block)


def _section(block: Json) -> Iterator[str]:
    for field in block.get("fields") or []:
        if len(field["text"]) > 2000:
            yield "fields: longer than 2000 characters"


def _input(block: Json) -> Iterator[str]:
    for key in ("label", "hint"):
        if block.get(key, {}).get("type", "plain_text") != "plain_text":
            yield f"{key}: must be plain_text"


def _header(block: Json) -> Iterator[str]:
    if block["text"]["type"] != "plain_text":
        yield "text: must be plain_text"


def _actions(block: Json) -> Iterator[str]:
    if not block.get("elements"):
        yield "elements: none"


def _table(block: Json) -> Iterator[str]:
    rows = block["rows"]
    if len(rows) > 100:
        yield f"rows: {len(rows)}, at most 100"
    if any(len(row) > 20 for row in rows):
        yield "rows: more than 20 columns"


_EXTRA: dict[str, Callable[[Json], Iterator[str]]] = {
    "section": _section,
    "input": _input,
    "header": _header,
    "actions": _actions,
    "context": _actions,
    "table": _table,
}


def _of_sdk(parse: Callable[[], JsonObject | None], raw: Json) -> list[str]:
    """Return what the SDK's own models find, and keys that they do not know."""
    try:
        model = parse()
        if model is None:
            return [f"unknown type {raw.get('type')}"]
        model.to_dict()
    except _UNREADABLE as error:
        return [str(error)]
    unknown = set(raw) - set(model.attributes) - _ALWAYS
    return [f"unknown key {key}" for key in sorted(unknown)]


def _of_metadata(metadata: Json | None) -> Iterator[str]:
    if not metadata:
        return
    if unknown := set(metadata) - {"event_type", "event_payload"}:
        yield f"metadata: unknown key {sorted(unknown)}"
    kind = metadata.get("event_type")
    if not isinstance(kind, str) or not 0 < len(kind) <= 255:
        yield "metadata: event_type must be text"
    if not isinstance(metadata.get("event_payload"), dict):
        yield "metadata: event_payload must be an object"


def _repeated(name: str, ids: Iterable[str | None]) -> Iterator[str]:
    counted = Counter(id for id in ids if id is not None)
    for id, times in counted.items():
        if times > 1:
            yield f"{name}: {id} {times} times"
