"""Slack's limits on what is inside blocks: texts, options, buttons, inputs, images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import chain

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import InteractiveElement

from tests.platforms.slack.seen import nested
from tests.platforms.slack.state import Json

_PLAIN_ONLY = ("placeholder", "title", "submit", "close")
_RICH_OPTIONS = ("checkboxes", "radio_buttons")


def of_texts(value: object) -> Iterator[str]:
    """Yield complaints about text objects anywhere inside."""
    for part in nested(value):
        if part.get("type") in ("plain_text", "mrkdwn"):
            length = len(part.get("text") or "")
            if not 0 < length <= 3000:
                yield f"{part['type']}: {length} characters, must be 1 to 3000"
        for key in _PLAIN_ONLY:
            text = part.get(key)
            if isinstance(text, dict) and text.get("type") not in ("plain_text", None):
                yield f"{key}: must be plain_text"


def of_element(part: Json) -> Iterator[str]:
    """Yield complaints about one object, whatever it is."""
    if check := _CHECKS.get(part.get("type", "")):
        yield from check(part)
    if "action_id" in part:
        yield from _interactive(part)
    # A group of options has no type; its options are checked with those of the whole menu.
    if "type" in part and ("options" in part or "option_groups" in part):
        yield from _options(part)


def _interactive(part: Json) -> Iterator[str]:
    try:
        parsed = InteractiveElement.parse(deepcopy(part))
    except (SlackObjectFormationError, TypeError, ValueError, KeyError) as error:
        yield str(error)
        return
    if parsed is None:
        yield f"unknown element {part.get('type')}"
    elif unknown := set(part) - set(parsed.attributes) - {"type"}:
        yield f"{part['type']}: unknown key {sorted(unknown)}"


def _options(part: Json) -> Iterator[str]:
    groups = [group["options"] for group in part.get("option_groups") or []]
    options = list(chain(part.get("options") or [], *groups))
    most = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}.get(part["type"], 100)
    if len(options) > most or not options:
        yield f"options: {len(options)}, must be 1 to {most}"
    for option in options:
        yield from _option(option)
        if part["type"] not in _RICH_OPTIONS and option["text"]["type"] != "plain_text":
            yield "option text: must be plain_text"
    if len({option["value"] for option in options}) < len(options):
        yield "options: two with the same value"
    chosen = [part["initial_option"]] if "initial_option" in part else []
    for option in chosen + (part.get("initial_options") or []):
        if option not in options:
            yield "initial option: none of the options"


def _option(option: Json) -> Iterator[str]:
    if len(option["text"]["text"]) > 75:
        yield "option text: longer than 75 characters"
    if len(option["value"]) > 150:
        yield "option value: longer than 150 characters"
    if len((option.get("description") or {}).get("text", "")) > 75:
        yield "option description: longer than 75 characters"


def _button(part: Json) -> Iterator[str]:
    if part["text"]["type"] != "plain_text":
        yield "button text: must be plain_text"
    if part.get("url"):
        yield from _address(part["url"])
    if "confirm" in part:
        yield from _confirm(part["confirm"])


def _confirm(confirm: Json) -> Iterator[str]:
    for name, most in {"title": 100, "text": 300, "confirm": 30, "deny": 30}.items():
        text = confirm[name]
        if text["type"] != "plain_text" or not 0 < len(text["text"]) <= most:
            yield f"confirm {name}: must be plain_text of 1 to {most} characters"


def _image(part: Json) -> Iterator[str]:
    if not part.get("alt_text"):
        yield "image: no alt_text"
    if "slack_file" not in part:
        yield from _address(part.get("image_url") or "")


def _address(url: str) -> Iterator[str]:
    if not url.startswith(("https://", "http://")):
        yield f"not an address: {url[:40]}"
    if len(url) > 3000:
        yield "address: longer than 3000 characters"


def _file_input(part: Json) -> Iterator[str]:
    if not 1 <= part.get("max_files", 10) <= 10:
        yield "file_input: max_files must be 1 to 10"


def _plain_text_input(part: Json) -> Iterator[str]:
    most, least = part.get("max_length", 3000), part.get("min_length", 0)
    if not 1 <= most <= 3000:
        yield "plain_text_input: max_length must be 1 to 3000"
    if not 0 <= least <= most:
        yield "plain_text_input: min_length must be 0 to max_length"
    if len(part.get("initial_value") or "") > most:
        yield "plain_text_input: initial_value longer than max_length"


_CHECKS: dict[str, Callable[[Json], Iterator[str]]] = {
    "button": _button,
    "image": _image,
    "file_input": _file_input,
    "plain_text_input": _plain_text_input,
}
