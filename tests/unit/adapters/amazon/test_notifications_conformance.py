"""The static examples of Amazon's own model of notifications, read, and our requests checked."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from adapters.amazon.sp_api import SpApiSource
from bot.core.notifications import NotificationKind, Way
from bot.core.questions import Operation
from bot.core.queue_address import QueueAddress
from bot.core.subscriptions import Destination
from tests.unit.adapters.amazon.amazon import Amazon, Obj, json_reply

pytestmark = pytest.mark.conformance

QUEUE = QueueAddress.of("https://sqs.us-east-2.amazonaws.com/444455556666/queue1")
ROOT = "/notifications/v1"
PATHS = {
    Operation.DESTINATIONS: f"{ROOT}/destinations",
    Operation.SUBSCRIPTION: f"{ROOT}/subscriptions/{{notificationType}}",
    Operation.TEST_NOTIFICATION: f"{ROOT}/subscriptions/{{notificationType}}/testNotification",
}


def model() -> dict[str, Any]:
    text = (Path(os.environ["SPECS_DIR"]) / "sp-api" / "notifications.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def example(operation: Operation, method: str) -> Obj:
    response = model()["paths"][PATHS[operation]][method]["responses"]["200"]
    found: Obj = response["x-amzn-api-sandbox"]["static"][0]["response"]
    return found


def check(name: str, body: str) -> None:
    """Check a body of ours against the model."""
    definitions = model()
    validate(json.loads(body), {**definitions, "$ref": f"#/definitions/{name}"})


@pytest.mark.parametrize("operation", PATHS)
def test_rates_bursts_and_paths_are_those_of_the_model(operation: Operation) -> None:
    path = PATHS[operation]
    described = model()["paths"][path]
    for method in {"get", "post"} & described.keys():
        usage = described[method]["description"]
        assert f"| {operation.rate:g} | {operation.burst} |" in usage
    assert operation.path == path.replace("{notificationType}", "{}")


async def test_the_destinations_of_the_sandbox(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [json_reply(200, example(Operation.DESTINATIONS, "get"))]
    [found] = await source.notifications("na").destinations()
    assert found == Destination(id="TEST_CASE_200", arn=QUEUE.arn)


async def test_a_destination_of_the_sandbox_is_made(source: SpApiSource, amazon: Amazon) -> None:
    made = example(Operation.DESTINATIONS, "post")
    amazon.script = [json_reply(200, {"payload": []}), json_reply(200, made)]
    found = await source.notifications("na").create_destination(QUEUE, Way.SQS)
    assert found == Destination(id="TEST_CASE_200_DESTINATION_ID", arn=QUEUE.arn)
    check("CreateDestinationRequest", amazon.seen[1].body)


@pytest.mark.parametrize("method", ["get", "post"])
async def test_the_subscription_of_the_sandbox(
    source: SpApiSource, amazon: Amazon, method: str
) -> None:
    amazon.script = [json_reply(200, example(Operation.SUBSCRIPTION, method))]
    notifications = source.notifications("na")
    kind = NotificationKind.OFFERS
    if method == "get":
        found = await notifications.sent_to(kind)
    else:
        found = await notifications.subscribe(kind, Destination(id="d-1"))
        check("CreateSubscriptionRequest", amazon.seen[0].body)
    assert found == "TEST_CASE_200_DESTINATION_ID"


async def test_a_test_notification_is_asked_for_as_the_model_says(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, {})]
    await source.notifications("na").send_test(NotificationKind.OFFERS, Destination(id="d-1"))
    [seen] = amazon.seen
    check("SendTestNotificationRequest", seen.body)
    assert seen.path.endswith("/subscriptions/ANY_OFFER_CHANGED/testNotification")
