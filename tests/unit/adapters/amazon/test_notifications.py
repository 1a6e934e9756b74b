"""Notifications at Amazon: set up twice without a change, and every answer taken with care."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from adapters.amazon.notifications import SCOPE, Notifications
from adapters.amazon.sp_api import SpApiSource
from bot.core.notifications import NotificationKind, Way
from bot.core.queue_address import QueueAddress
from bot.core.subscriptions import Destination, SubscriptionState, destination_for, state_of
from bot.errors import AccessRefused, Refused, SourceError
from tests.unit.adapters.amazon.amazon import Amazon, json_reply

QUEUE = QueueAddress.of("https://sqs.us-east-2.amazonaws.com/444455556666/queue1")
SQS: dict[str, Any] = {
    "destinationId": "d-1",
    "resource": {"sqs": {"arn": QUEUE.arn}, "eventBridge": None},
    "name": "SQSDestination",
}
SOURCE = "aws.partner/sellingpartnerapi.amazon.com/444455556666/x"
BRIDGE: dict[str, Any] = {
    "destinationId": "d-2",
    "resource": {
        "eventBridge": {"accountId": QUEUE.account, "region": QUEUE.region, "name": SOURCE}
    },
}
NONE: dict[str, Any] = {"payload": []}
CONFLICT: dict[str, Any] = {"errors": [{"code": "StateConflict", "message": "It conflicts."}]}
OFFERS = NotificationKind.OFFERS
SUBSCRIBED: dict[str, Any] = {
    "payload": {"subscriptionId": "s-1", "payloadVersion": "1.0", "destinationId": "d-1"}
}


@pytest.fixture
def notifications(source: SpApiSource) -> Notifications:
    return source.notifications("na")


async def test_destinations_are_asked_for_without_an_account(
    notifications: Notifications, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, {"payload": [SQS, BRIDGE]})]
    found = await notifications.destinations()
    assert found == (
        Destination(id="d-1", arn=QUEUE.arn),
        Destination(id="d-2", account=QUEUE.account, region=QUEUE.region, source=SOURCE),
    )
    [login] = amazon.logins
    form = parse_qs(login.body)
    assert (form["grant_type"], form["scope"]) == (["client_credentials"], [SCOPE])
    assert "refresh_token" not in form


async def test_subscriptions_are_asked_for_as_the_account(
    notifications: Notifications, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, SUBSCRIBED)]
    assert await notifications.sent_to(OFFERS) == "d-1"
    [login] = amazon.logins
    assert parse_qs(login.body)["grant_type"] == ["refresh_token"]
    [seen] = amazon.seen
    assert seen.path == "/notifications/v1/subscriptions/ANY_OFFER_CHANGED"
    assert seen.query == {"payloadVersion": "1.0"}


@pytest.mark.parametrize(
    ("way", "wanted"),
    [
        (Way.SQS, {"sqs": {"arn": QUEUE.arn}}),
        (Way.EVENT_BRIDGE, {"eventBridge": {"accountId": "444455556666", "region": "us-east-2"}}),
    ],
)
async def test_a_destination_is_made_where_there_is_none(
    notifications: Notifications, amazon: Amazon, way: Way, wanted: dict[str, Any]
) -> None:
    amazon.script = [json_reply(200, NONE), json_reply(200, {"payload": SQS})]
    made = await notifications.create_destination(QUEUE, way)
    assert made.id == "d-1"
    body = json.loads(amazon.seen[1].body)
    assert body["resourceSpecification"] == wanted


async def test_the_destination_that_there_is_is_taken(
    notifications: Notifications, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, {"payload": [BRIDGE, SQS]})]
    assert (await notifications.create_destination(QUEUE, Way.SQS)).id == "d-1"
    assert len(amazon.seen) == 1


async def test_a_destination_that_was_just_made_by_another_is_taken(
    notifications: Notifications, amazon: Amazon
) -> None:
    there: dict[str, Any] = {"payload": [SQS]}
    amazon.script = [json_reply(200, NONE), json_reply(409, CONFLICT), json_reply(200, there)]
    assert (await notifications.create_destination(QUEUE, Way.SQS)).id == "d-1"


async def test_a_queue_that_amazon_does_not_take_is_told_in_its_words(
    notifications: Notifications, amazon: Amazon
) -> None:
    errors: dict[str, Any] = {
        "errors": [{"code": "InvalidInput", "message": "No permission to the queue."}]
    }
    amazon.script = [json_reply(200, NONE), json_reply(400, errors)]
    with pytest.raises(Refused, match="No permission to the queue"):
        await notifications.create_destination(QUEUE, Way.SQS)


async def test_what_is_not_subscribed_is_no_error(
    notifications: Notifications, amazon: Amazon
) -> None:
    amazon.script = [json_reply(404, {"errors": [{"code": "NotFound"}]})]
    assert await notifications.sent_to(OFFERS) is None


async def test_a_kind_is_subscribed_with_its_version(
    notifications: Notifications, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, SUBSCRIBED)]
    kind = NotificationKind.LISTING_ISSUES
    assert await notifications.subscribe(kind, Destination(id="d-1")) == "d-1"
    [seen] = amazon.seen
    assert seen.path == "/notifications/v1/subscriptions/LISTINGS_ITEM_ISSUES_CHANGE"
    assert json.loads(seen.body) == {"payloadVersion": "2023-12-13", "destinationId": "d-1"}


async def test_a_kind_that_is_subscribed_already_stays_as_it_is(
    notifications: Notifications, amazon: Amazon
) -> None:
    elsewhere: dict[str, Any] = {"payload": {**SUBSCRIBED["payload"], "destinationId": "d-9"}}
    amazon.script = [json_reply(409, CONFLICT), json_reply(200, elsewhere)]
    assert await notifications.subscribe(OFFERS, Destination(id="d-1")) == "d-9"


async def test_what_changes_something_is_never_sent_twice(
    notifications: Notifications, amazon: Amazon
) -> None:
    amazon.always = json_reply(503, {"errors": []})
    with pytest.raises(SourceError):
        await notifications.subscribe(OFFERS, Destination(id="d-1"))
    assert len(amazon.seen) == 1


async def test_a_missing_role_is_said(notifications: Notifications, amazon: Amazon) -> None:
    amazon.always = json_reply(403, {"errors": [{"code": "Unauthorized", "message": "Denied."}]})
    with pytest.raises(AccessRefused, match="has the right role"):
        await notifications.sent_to(OFFERS)


@pytest.mark.parametrize(
    "answer",
    [{}, {"payload": None}, {"payload": {}}, {"payload": {"destinationId": ""}}, {"payload": 7}],
)
async def test_an_answer_without_a_destination_is_no_subscription(
    notifications: Notifications, amazon: Amazon, answer: dict[str, Any]
) -> None:
    amazon.script = [json_reply(200, answer)]
    with pytest.raises(SourceError, match="could not be read"):
        await notifications.sent_to(OFFERS)


def test_whether_a_kind_comes_to_the_queue_is_told_by_its_destination() -> None:
    here = destination_for([Destination(id="d-1", arn=QUEUE.arn)], QUEUE, Way.SQS)
    assert state_of("d-1", here) is SubscriptionState.HERE
    assert state_of("d-2", here) is SubscriptionState.ELSEWHERE
    assert state_of("d-1", None) is SubscriptionState.ELSEWHERE
    assert state_of(None, here) is SubscriptionState.MISSING
