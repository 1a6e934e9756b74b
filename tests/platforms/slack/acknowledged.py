"""What an ack's payload changes on a person's screen."""

from __future__ import annotations

from collections.abc import Callable

from tests.platforms.slack import api_views, responses
from tests.platforms.slack.acts import Accept
from tests.platforms.slack.state import Invalid, Json, Refused, ResponseUrl, View
from tests.platforms.slack.workspace import Workspace


def only_ack(slack: Workspace) -> Accept:
    """Take an ack that has nothing to say; Slack would ignore what it says."""

    def accept(answer: Json | None) -> None:
        if answer:
            slack.violations.append(f"ack: nobody reads its payload: {answer}")

    return accept


def replied(slack: Workspace, url: ResponseUrl) -> Accept:
    """Show what the ack of a command says."""

    def accept(answer: Json | None) -> None:
        if answer:
            _noting(slack, lambda: responses.show(slack, url, answer))

    return accept


def submitted(slack: Workspace, view: View) -> Accept:
    """Close the modal that was handed in, or do what the ack says."""

    def accept(answer: Json | None) -> None:
        # A second delivery may be acked when the modal is gone already.
        if view in slack.modals[view.user]:
            _noting(slack, lambda: _respond(slack, view, answer or {}))

    return accept


def _respond(slack: Workspace, view: View, answer: Json) -> None:
    stack = slack.modals[view.user]
    match answer.get("response_action"):
        case None if not answer:
            stack.remove(view)
        case "clear":
            stack.clear()
        case "update":
            api_views.update(slack, view, answer["view"])
        case "push":
            api_views.push(slack, view.user, answer["view"])
        case "errors":
            _show_errors(view, answer["errors"])
        case other:
            raise Invalid("invalid_response_action", [f"unknown response_action {other}"])


def _show_errors(view: View, errors: dict[str, str]) -> None:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if strangers := set(errors) - inputs:
        raise Invalid("invalid_errors", [f"errors: no input {sorted(strangers)}"])
    if not errors or not all(errors.values()):
        raise Invalid("invalid_errors", ["errors: empty"])
    view.errors_by_block = dict(errors)


def _noting(slack: Workspace, change: Callable[[], None]) -> None:
    """Make the change; what Slack would refuse leaves the screen as it is."""
    try:
        change()
    except Invalid as invalid:
        slack.violations += [f"ack: {complaint}" for complaint in invalid.complaints]
    except Refused as refused:
        slack.violations.append(f"ack: {refused.error}")
