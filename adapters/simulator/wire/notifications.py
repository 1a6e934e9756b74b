"""Answers about notifications, as Amazon writes them (source: the model notifications)."""

import msgspec


class Sqs(msgspec.Struct, frozen=True):
    """A queue."""

    arn: str


class EventBridge(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """An account of AWS whose EventBridge takes events; a caller names no `name`."""

    account_id: str
    region: str
    name: str = ""


class Resource(msgspec.Struct, frozen=True, rename="camel"):
    """Either of the two."""

    sqs: Sqs | None = None
    event_bridge: EventBridge | None = None


class DestinationBody(msgspec.Struct, frozen=True, rename="camel"):
    """A destination."""

    name: str
    destination_id: str
    resource: Resource


class DestinationList(msgspec.Struct, frozen=True):
    """All destinations."""

    payload: tuple[DestinationBody, ...]


class OneDestination(msgspec.Struct, frozen=True):
    """The destination that was made."""

    payload: DestinationBody


class SubscriptionBody(msgspec.Struct, frozen=True, rename="camel"):
    """A subscription."""

    subscription_id: str
    payload_version: str
    destination_id: str


class OneSubscription(msgspec.Struct, frozen=True):
    """A subscription that there is, or that was made."""

    payload: SubscriptionBody


class Nothing(msgspec.Struct, frozen=True):
    """An answer that says nothing more."""


class NewDestination(msgspec.Struct, frozen=True, rename="camel"):
    """The destination that a caller wants."""

    name: str
    resource_specification: Resource


class NewSubscription(msgspec.Struct, frozen=True, rename="camel"):
    """The subscription that a caller wants."""

    payload_version: str
    destination_id: str


class TestScenario(msgspec.Struct, frozen=True, rename="camel"):
    """The notification that a caller wants to see."""

    payload_version: str
    test_scenario: str


class NewTest(msgspec.Struct, frozen=True, rename="camel"):
    """Where it is to be sent."""

    destination_id: str
    test_notification: TestScenario
