"""Whether Discord would take a message or a modal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.platforms.discord.components import walk
from tests.platforms.discord.limits import mention_problem, message_problems
from tests.platforms.discord.limits_components import modal_problems
from tests.platforms.discord.spec import find_spec

Json = dict[str, Any]

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
MESSAGE_ROUTES = (
    ("post", "/channels/{channel_id}/messages"),
    ("patch", "/channels/{channel_id}/messages/{message_id}"),
    ("post", WEBHOOK),
    ("patch", f"{WEBHOOK}/messages/@original"),
)


def refused(message: Json) -> list[object]:
    """Return why Discord would refuse a message, or our own rule on mentions."""
    mention = mention_problem(message)
    return [*message_problems(message), *_nothings(message), *([mention] if mention else [])]


def refused_modal(modal: Json) -> list[object]:
    """Return why Discord would refuse a modal."""
    return [*modal_problems(modal), *_counts(modal)]


def against_message(message: Json) -> list[object]:
    """Return what the specification forbids in a message, wherever it may be sent."""
    found = [_forbidden(method, route, message) for method, route in MESSAGE_ROUTES]
    answers = [_forbidden("post", CALLBACK, {"type": kind, "data": message}) for kind in (4, 7)]
    return [problem for problems in (*found, *answers) for problem in problems]


def against_modal(modal: Json) -> list[object]:
    """Return what the specification forbids in a modal."""
    return _forbidden("post", CALLBACK, {"type": 9, "data": modal})


def _forbidden(method: str, route: str, body: Json) -> list[object]:
    spec = find_spec()
    assert spec is not None
    return [*spec.problems(method, route, body)]


def _nothings(message: Json) -> Iterator[str]:
    # Discord strips texts before it counts them.
    for embed in message["embeds"]:
        if not embed.keys() - {"color"}:
            yield "an empty embed"
        for field in embed.get("fields", ()):
            if not field["name"].strip() or not field["value"].strip():
                yield "a blank field"
    if not message["content"].strip():
        yield "no content"
    if any("label" in part and not part["label"].strip() for part in walk(message["components"])):
        yield "a blank label"


def _counts(modal: Json) -> Iterator[str]:
    for control in walk(modal["components"]):
        options = control.get("options", ())
        most = control.get("max_values", 1)
        if options and not most <= len(options):
            yield "more allowed than there are"
        if sum(option["default"] for option in options) > most:
            yield "more chosen than allowed"
        if control.get("min_values") and not control["required"]:
            yield "may be left out, and none is too few"
