"""Sets up where Amazon sends notifications, and reads how that stands."""

from __future__ import annotations

from http import HTTPStatus

import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.exchange import Unreadable, decode
from bot.core.notifications import NotificationKind, Way
from bot.core.questions import Operation
from bot.core.queue_address import QueueAddress
from bot.core.subscriptions import Destination, destination_for
from bot.errors import Refused

SCOPE = "sellingpartnerapi::notifications"
"""Of the tokens that stand for no selling account; destinations are an app's own."""
NAME = "Brandwarden"
LONGEST = 1000
"""Characters of an ID or a name from Amazon."""


class _Sqs(msgspec.Struct, frozen=True):
    arn: str | None = None


class _EventBridge(msgspec.Struct, frozen=True, rename="camel"):
    account_id: str | None = None
    region: str | None = None
    name: str | None = None


class _Resource(msgspec.Struct, frozen=True, rename="camel"):
    sqs: _Sqs | None = None
    event_bridge: _EventBridge | None = None


class _Destination(msgspec.Struct, frozen=True, rename="camel"):
    destination_id: str = ""
    resource: _Resource | None = None

    def plain(self) -> Destination:
        resource = self.resource or _Resource()
        sqs, bridge = resource.sqs or _Sqs(), resource.event_bridge or _EventBridge()
        return Destination(
            id=_id(self.destination_id),
            arn=sqs.arn or "",
            account=bridge.account_id or "",
            region=bridge.region or "",
            source=(bridge.name or "")[:LONGEST],
        )


class _Destinations(msgspec.Struct, frozen=True):
    payload: list[_Destination] | None = None


class _Created(msgspec.Struct, frozen=True):
    payload: _Destination | None = None


class _Subscription(msgspec.Struct, frozen=True, rename="camel"):
    destination_id: str = ""


class _Subscribed(msgspec.Struct, frozen=True):
    payload: _Subscription | None = None


_read_destinations = msgspec.json.Decoder(_Destinations).decode
_read_created = msgspec.json.Decoder(_Created).decode
_read_subscribed = msgspec.json.Decoder(_Subscribed).decode


class Notifications:
    """The notifications of one app and one selling account in one region."""

    def __init__(self, client: SpApiClient, grantless: SpApiClient) -> None:
        """Ask about subscriptions as the account, about destinations as the app alone."""
        self._client = client
        self._grantless = grantless

    async def destinations(self) -> tuple[Destination, ...]:
        """Return where the app's notifications can be sent. Raises SourceError."""
        content = await self._grantless.get(Operation.DESTINATIONS, {})
        told = decode(_read_destinations, content).payload
        if told is None:
            raise Unreadable
        return tuple(each.plain() for each in told)

    async def create_destination(self, queue: QueueAddress, way: Way) -> Destination:
        """Make a destination that leads to the queue, or return the one that there is.

        Raises:
            Refused: Amazon does not accept the queue, such as for its policy.
            SourceError: it is not known whether one exists now.
        """
        known = destination_for(await self.destinations(), queue, way)
        if known is not None:
            return known
        bridge = {"accountId": queue.account, "region": queue.region}
        wanted: object = {"arn": queue.arn} if way is Way.SQS else bridge
        body = {"name": f"{NAME}-{way.value}", "resourceSpecification": {way.value: wanted}}
        try:
            content = await self._grantless.post(
                Operation.DESTINATIONS, msgspec.json.encode(body), again=False
            )
        except Refused as error:
            # Another program created it, or the list was out of date (docs issue 1800).
            known = await self._conflicting(error, queue, way)
            if known is None:
                raise
            return known
        created = decode(_read_created, content).payload
        if created is None:
            raise Unreadable
        return created.plain()

    async def sent_to(self, kind: NotificationKind) -> str | None:
        """Return the ID of the destination to which a kind is sent; None: it is not sent.

        Raises:
            SourceError: Amazon did not say, or the app's roles do not let us ask.
        """
        params = {"payloadVersion": kind.version}
        try:
            content = await self._client.get(
                Operation.SUBSCRIPTION, params, path=_path(Operation.SUBSCRIPTION, kind)
            )
        except Refused as error:
            if error.status == HTTPStatus.NOT_FOUND:
                return None
            raise
        return _destination_in(content)

    async def subscribe(self, kind: NotificationKind, destination: Destination) -> str:
        """Have a kind sent there; return the ID of the destination to which it is sent now.

        Where it was subscribed already, that is not changed.

        Raises:
            SourceError: it is not known whether it is sent.
        """
        body = {"payloadVersion": kind.version, "destinationId": destination.id}
        try:
            content = await self._client.post(
                Operation.SUBSCRIPTION,
                msgspec.json.encode(body),
                path=_path(Operation.SUBSCRIPTION, kind),
                again=False,
            )
        except Refused as error:
            # There is one of the kind already (docs issue 3448: no more than one each).
            if error.status != HTTPStatus.CONFLICT or (known := await self.sent_to(kind)) is None:
                raise
            return known
        return _destination_in(content)

    async def send_test(self, kind: NotificationKind, destination: Destination) -> None:
        """Have Amazon's sandbox send a made-up notification. Raises SourceError elsewhere."""
        test = {"payloadVersion": kind.version, "testScenario": "default"}
        body = {"destinationId": destination.id, "testNotification": test}
        await self._grantless.post(
            Operation.TEST_NOTIFICATION,
            msgspec.json.encode(body),
            path=_path(Operation.TEST_NOTIFICATION, kind),
            again=False,
        )

    async def _conflicting(
        self, error: Refused, queue: QueueAddress, way: Way
    ) -> Destination | None:
        if error.status != HTTPStatus.CONFLICT:
            return None
        return destination_for(await self.destinations(), queue, way)


def _path(operation: Operation, kind: NotificationKind) -> str:
    return operation.path.replace("{}", kind.type)


def _destination_in(content: bytes) -> str:
    told = decode(_read_subscribed, content).payload
    if told is None:
        raise Unreadable
    return _id(told.destination_id)


def _id(text: str) -> str:
    """Return an ID from Amazon. Raises Unreadable: it is none."""
    if not 0 < len(text) <= LONGEST or not text.isprintable():
        raise Unreadable
    return text
