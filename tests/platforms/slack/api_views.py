"""Modals and homes: the views.* methods, and what else changes the stack of modals."""

from __future__ import annotations

import time

from tests.platforms.slack import shapes
from tests.platforms.slack.api_chat import identified
from tests.platforms.slack.forms import fields, initial
from tests.platforms.slack.methods import Method, check_view
from tests.platforms.slack.state import Json, Refused, Trigger, View
from tests.platforms.slack.workspace import Workspace

_DEEPEST = 3


def _new_view(slack: Workspace, user: str, definition: Json) -> View:
    id = slack.new_id("V")
    return _redefine(slack, View(id, user, {}, "", root=id), definition)


def _redefine(slack: Workspace, view: View, definition: Json) -> View:
    """Show another definition; what was typed in blocks that stay is kept, as Slack does."""
    before = view.answers
    view.definition = definition | {"blocks": identified(slack, definition["blocks"])}
    view.hash = slack.new_id("h")
    view.errors_by_block = {}
    view.answers = {}
    for field in fields(view):
        kept = before.get(field.block_id, {}).get(field.action_id)
        view.answers.setdefault(field.block_id, {})[field.action_id] = kept or initial(field)
    return view


def push(slack: Workspace, user: str, definition: Json) -> View:
    """Put another modal on top of what the person has open."""
    check_view(slack, definition)
    stack = slack.modals[user]
    if len(stack) >= _DEEPEST:
        raise Refused("push_limit_reached")
    view = _new_view(slack, user, definition)
    if stack:
        view.root, view.previous = stack[0].id, stack[-1].id
    stack.append(view)
    return view


def update(slack: Workspace, view: View, definition: Json) -> None:
    """Replace a modal where it is."""
    check_view(slack, definition)
    _redefine(slack, view, definition)


def _take_trigger(slack: Workspace, arguments: Json) -> Trigger:
    trigger = slack.triggers.get(arguments["trigger_id"])
    if trigger is None:
        raise Refused("invalid_trigger_id")
    if trigger.used:
        raise Refused("exchanged_trigger_id")
    if time.monotonic() - trigger.born > slack.trigger_seconds:
        raise Refused("expired_trigger_id")
    trigger.used = True
    return trigger


def _open(slack: Workspace, arguments: Json) -> Json:
    check_view(slack, arguments["view"])
    trigger = _take_trigger(slack, arguments)
    if not trigger.in_modal:
        slack.modals[trigger.user].clear()
    view = push(slack, trigger.user, arguments["view"])
    return {"view": shapes.of_view(slack, view)}


def _push(slack: Workspace, arguments: Json) -> Json:
    trigger = _take_trigger(slack, arguments)
    if not trigger.in_modal or not slack.modals[trigger.user]:
        raise Refused("not_found")
    return {"view": shapes.of_view(slack, push(slack, trigger.user, arguments["view"]))}


def _update(slack: Workspace, arguments: Json) -> Json:
    view = _find(slack, arguments)
    _check_hash(view, arguments)
    update(slack, view, arguments["view"])
    return {"view": shapes.of_view(slack, view)}


def _find(slack: Workspace, arguments: Json) -> View:
    for view in (view for stack in slack.modals.values() for view in stack):
        external = view.definition.get("external_id")
        if view.id == arguments.get("view_id"):
            return view
        if external and external == arguments.get("external_id"):
            return view
    raise Refused("not_found")


def _check_hash(view: View, arguments: Json) -> None:
    if arguments.get("hash") and arguments["hash"] != view.hash:
        raise Refused("hash_conflict")


def _publish(slack: Workspace, arguments: Json) -> Json:
    user, definition = arguments["user_id"], arguments["view"]
    if user not in slack.users:
        raise Refused("user_not_found")
    check_view(slack, definition)
    home = slack.homes.get(user)
    if home is None:
        home = slack.homes[user] = _new_view(slack, user, definition)
    else:
        _check_hash(home, arguments)
        _redefine(slack, home, definition)
    return {"view": shapes.of_view(slack, home)}


METHODS = {
    "views.open": Method(_open, needs=("trigger_id", "view")),
    "views.push": Method(_push, needs=("trigger_id", "view")),
    "views.update": Method(_update, needs=("view",), takes=("view_id", "external_id", "hash")),
    "views.publish": Method(_publish, needs=("user_id", "view"), takes=("hash",)),
}
