"""Notifications at the simulated marketplace: set up as at Amazon, and as unreliable."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from random import Random
from typing import Any

import httpx
import pytest

from adapters.amazon.login import Credentials
from adapters.amazon.notifications import Notifications
from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Fault, Marketplace, Operation, SettableClock, demo_scenario
from adapters.simulator.notification_queue import SimulatedQueue
from adapters.simulator.notifier import CONTENT, OFFERS, ROUGH, Notifier
from bot.core.notifications import NotificationKind, PushSubject, Way, read_notification
from bot.core.queue_address import QueueAddress
from bot.core.subscriptions import Destination
from bot.errors import AccessRefused, Refused, SourceError

QUEUE = QueueAddress.of("https://sqs.us-east-1.amazonaws.com/123456789012/brandwarden")
KIND = NotificationKind.OFFERS
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
async def market() -> AsyncIterator[Marketplace]:
    async with Marketplace(demo_scenario(), clock=SettableClock(), quota_scale=None) as market:
        yield market


@pytest.fixture
async def notifications(market: Marketplace) -> AsyncIterator[Notifications]:
    known = market.credentials
    source = SpApiSource(
        Credentials(known.client_id, known.client_secret, known.refresh_token),
        login_url=f"{market.base_url}/auth/o2/token",
        endpoint=market.base_url,
        simulated=True,
    )
    yield source.notifications("na")
    await source.aclose()


async def test_destination_and_subscription_are_made_once(notifications: Notifications) -> None:
    assert await notifications.destinations() == ()
    made = await notifications.create_destination(QUEUE, Way.SQS)
    assert await notifications.create_destination(QUEUE, Way.SQS) == made
    bridge = await notifications.create_destination(QUEUE, Way.EVENT_BRIDGE)
    assert bridge.source.startswith("aws.partner/")
    assert len(await notifications.destinations()) == 2
    assert await notifications.sent_to(KIND) is None
    assert await notifications.subscribe(KIND, made) == made.id
    assert await notifications.subscribe(KIND, bridge) == made.id
    assert await notifications.sent_to(KIND) == made.id


async def test_a_token_of_the_seller_opens_no_destinations(market: Marketplace) -> None:
    known = market.credentials
    form = {
        "grant_type": "refresh_token",
        "refresh_token": known.refresh_token,
        "client_id": known.client_id,
        "client_secret": known.client_secret,
    }
    async with httpx.AsyncClient(base_url=market.base_url) as client:
        token = (await client.post("/auth/o2/token", data=form)).json()["access_token"]
        headers = {"x-amz-access-token": token}
        answer = await client.get("/notifications/v1/destinations", headers=headers)
        assert answer.status_code == 403
        body = {"name": "x", "resourceSpecification": {"sqs": None}}
        wrong = await client.post("/notifications/v1/subscriptions/X", json=body, headers=headers)
        assert wrong.status_code == 400


async def test_faults_of_the_operations_are_told(
    market: Marketplace, notifications: Notifications
) -> None:
    market.faults.on(Fault.ROLE_MISSING, operation=Operation.GET_SUBSCRIPTION)
    with pytest.raises(AccessRefused):
        await notifications.sent_to(KIND)
    market.faults.off()
    market.faults.on(Fault.NOT_JSON, operation=Operation.CREATE_DESTINATION)
    with pytest.raises(SourceError):
        await notifications.create_destination(QUEUE, Way.SQS)
    market.faults.off()
    # Amazon had made it, though its answer was lost.
    assert (await notifications.create_destination(QUEUE, Way.SQS)).arn == QUEUE.arn
    assert len(await notifications.destinations()) == 1


async def test_a_test_notification_comes_to_the_queue(
    market: Marketplace, notifications: Notifications
) -> None:
    made = await notifications.create_destination(QUEUE, Way.SQS)
    await notifications.send_test(KIND, made)
    [message] = await market.notifications.receive()
    assert read_notification(message.text).kind is KIND
    unknown = Destination(id="d-99")
    with pytest.raises(Refused):
        await notifications.send_test(KIND, unknown)


async def test_what_happens_in_the_world_comes_to_the_queue_until_it_is_removed() -> None:
    clock = SettableClock()
    async with Marketplace(demo_scenario(), clock=clock, quota_scale=None) as market:
        queue = market.notifications
        assert await queue.receive() == []
        clock.advance(max(event.at for event in market.world.scenario.events))
        await queue.receive()
        clock.advance(60)
        found: list[Any] = []
        while messages := await queue.receive():
            assert await queue.receive() == messages
            found += [read_notification(message.text) for message in messages]
            await queue.remove(messages)
        assert len(found) == sum(event.at > 0 for event in market.world.scenario.events)
        assert {each.subject for each in found} <= {PushSubject.OFFERS, PushSubject.PAGE}


async def test_a_queue_that_begins_later_tells_nothing_of_before() -> None:
    clock = SettableClock(1e6)
    async with Marketplace(demo_scenario(), clock=clock, quota_scale=None) as market:
        later = SimulatedQueue(market.world, clock)
        clock.advance(60)
        assert await later.receive() == []


def test_rough_weather_loses_doubles_delays_and_recases() -> None:
    notifier, many = Notifier(Random(7), ROUGH), 10_000
    ids: Counter[str] = Counter()
    late = cased = 0
    for number in range(many):
        for sent in notifier.send(OFFERS, "B0ALDER001", "ATVPDKIKX0DER", number, AT):
            ids[read_notification(sent.text).id] += 1
            late += sent.at - number > 500
            cased += "NotificationType" not in json.loads(sent.text)
    copies = ids.total()
    assert 1 - len(ids) / many == pytest.approx(0.2, abs=0.02)
    assert copies / len(ids) == pytest.approx(1.05, abs=0.01)
    assert late / copies == pytest.approx(0.1, abs=0.02)
    assert cased / copies == pytest.approx(0.01, abs=0.005)


def test_content_comes_in_an_envelope() -> None:
    [sent] = Notifier(Random(1)).send(CONTENT, "B0ALDER001", "ATVPDKIKX0DER", 0.0, AT)
    assert read_notification(sent.text).subject is PushSubject.PAGE
    assert json.loads(sent.text)["detail-type"] == CONTENT
