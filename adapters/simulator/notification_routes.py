"""The operations on notifications over HTTP, and what they keep while the marketplace runs."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

import msgspec
from aiohttp import web

from adapters.simulator.gateway import Gateway, Plan
from adapters.simulator.outages import json_response, refusal
from adapters.simulator.questions import Refused
from adapters.simulator.quota import Operation
from adapters.simulator.wire.common import encode
from adapters.simulator.wire.notifications import (
    DestinationBody,
    DestinationList,
    NewDestination,
    NewSubscription,
    NewTest,
    Nothing,
    OneDestination,
    OneSubscription,
    Resource,
    SubscriptionBody,
)

T = TypeVar("T", bound=msgspec.Struct)

ROOT = "/notifications/v1"
PARTNER = "aws.partner/sellingpartnerapi.amazon.com"


class NotificationRoutes:
    """Leads requests about notifications to their answers; `send_test` hears what is to be sent."""

    def __init__(self, gateway: Gateway, send_test: Callable[[str], None]) -> None:
        self._gateway = gateway
        self._send_test = send_test
        self._destinations: dict[str, DestinationBody] = {}
        self._subscriptions: dict[str, SubscriptionBody] = {}

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Serve all of them."""
        one = f"{ROOT}/subscriptions/{{kind}}"
        router.add_get(f"{ROOT}/destinations", self._all)
        router.add_post(f"{ROOT}/destinations", self._create)
        router.add_get(one, self._subscription)
        router.add_post(one, self._subscribe)
        router.add_post(f"{one}/testNotification", self._test)

    async def _all(self, request: web.Request) -> web.StreamResponse:
        def answer(_now: float) -> web.Response:
            return _told(DestinationList(tuple(self._destinations.values())))

        return await self._serve(request, Operation.GET_DESTINATIONS, lambda _body: answer)

    async def _create(self, request: web.Request) -> web.StreamResponse:
        def read(body: bytes) -> Callable[[float], web.Response]:
            wanted = _read(body, NewDestination)
            spec = wanted.resource_specification
            if (spec.sqs is None) == (spec.event_bridge is None):
                raise Refused("Use one resource type per destination.")
            return lambda _now: self._made(wanted)

        return await self._serve(request, Operation.CREATE_DESTINATION, read)

    def _made(self, wanted: NewDestination) -> web.Response:
        spec = wanted.resource_specification
        id = f"d-{len(self._destinations) + 1}"
        bridge = spec.event_bridge
        if bridge is not None:
            name = f"{PARTNER}/{bridge.account_id}/{id}"
            bridge = msgspec.structs.replace(bridge, name=name)
        if any(_place(each.resource) == _place(spec) for each in self._destinations.values()):
            return _conflict("A destination with this resource already exists.")
        made = DestinationBody(wanted.name, id, Resource(spec.sqs, bridge))
        self._destinations[id] = made
        return _told(OneDestination(made))

    async def _subscription(self, request: web.Request) -> web.StreamResponse:
        def answer(_now: float) -> web.Response:
            found = self._subscriptions.get(request.match_info["kind"])
            if found is None:
                return refusal(HTTPStatus.NOT_FOUND, "NotFound", "Subscription not found.")
            return _told(OneSubscription(found))

        return await self._serve(request, Operation.GET_SUBSCRIPTION, lambda _body: answer)

    async def _subscribe(self, request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]

        def read(body: bytes) -> Callable[[float], web.Response]:
            wanted = _read(body, NewSubscription)
            return lambda _now: self._subscribed(kind, wanted)

        return await self._serve(request, Operation.CREATE_SUBSCRIPTION, read)

    def _subscribed(self, kind: str, wanted: NewSubscription) -> web.Response:
        if wanted.destination_id not in self._destinations:
            return refusal(HTTPStatus.BAD_REQUEST, "InvalidInput", "Unknown destination.")
        if kind in self._subscriptions:
            return _conflict(f"Subscription already exist for notification type {kind}")
        made = SubscriptionBody(f"s-{kind}", wanted.payload_version, wanted.destination_id)
        self._subscriptions[kind] = made
        return _told(OneSubscription(made))

    async def _test(self, request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]

        def read(body: bytes) -> Callable[[float], web.Response]:
            wanted = _read(body, NewTest)
            return lambda _now: self._tested(kind, wanted)

        return await self._serve(request, Operation.TEST_NOTIFICATION, read)

    def _tested(self, kind: str, wanted: NewTest) -> web.Response:
        if wanted.destination_id not in self._destinations:
            return refusal(HTTPStatus.NOT_FOUND, "NotFound", "Unknown destination.")
        self._send_test(kind)
        return _told(Nothing())

    async def _serve(
        self,
        request: web.Request,
        operation: Operation,
        read: Callable[[bytes], Callable[[float], web.Response]],
    ) -> web.StreamResponse:
        return await self._gateway.serve(request, operation, lambda body: Plan((), read(body)))


def _read(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.DecodeError as error:
        raise Refused(f"Request has missing or invalid parameters: {error}") from error


def _place(resource: Resource) -> tuple[str, ...]:
    """What tells a destination from others; the name that EventBridge gives it does not."""
    if resource.sqs is not None:
        return (resource.sqs.arn,)
    bridge = resource.event_bridge
    return (bridge.account_id, bridge.region) if bridge else ()


def _told(body: msgspec.Struct) -> web.Response:
    return json_response(HTTPStatus.OK, encode(body))


def _conflict(details: str) -> web.Response:
    return refusal(HTTPStatus.CONFLICT, "StateConflict", details)
