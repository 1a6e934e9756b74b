"""Where Amazon sends its notifications, and whether that is our queue. Pure.

Source: Amazon's model notifications.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

import msgspec

from bot.core.notifications import NotificationKind, Way
from bot.core.queue_address import QueueAddress


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """Where notifications of an app can be sent."""

    id: str
    arn: str = ""
    """The queue's, where it is one."""
    account: str = ""
    """The AWS account's, where it is EventBridge there."""
    region: str = ""
    """Its AWS region."""
    source: str = ""
    """By which name EventBridge knows it."""

    def is_for(self, queue: QueueAddress, way: Way) -> bool:
        """Tell whether what is sent there by that way comes to the queue, or can be led to it."""
        if way is Way.SQS:
            return self.arn == queue.arn
        return (self.account, self.region) == (queue.account, queue.region)


class SubscriptionState(enum.Enum):
    """Whether a kind of notification is sent to our queue; the value is for people."""

    HERE = "subscribed"
    MISSING = "not subscribed"
    ELSEWHERE = "sent to another destination"
    UNKNOWN = "could not check"


class KindStatus(msgspec.Struct, frozen=True):
    """How it stands with one kind in one region."""

    kind: NotificationKind
    state: SubscriptionState
    why: str = ""
    """Why it could not be checked."""


def destination_for(
    found: Iterable[Destination], queue: QueueAddress, way: Way
) -> Destination | None:
    """Return the destination that leads to the queue by that way; None: there is none."""
    return next((each for each in found if each.is_for(queue, way)), None)


def state_of(sent_to: str | None, destination: Destination | None) -> SubscriptionState:
    """Tell how it stands with a kind that is sent to a destination by its ID, or to none."""
    if sent_to is None:
        return SubscriptionState.MISSING
    here = destination is not None and destination.id == sent_to
    return SubscriptionState.HERE if here else SubscriptionState.ELSEWHERE
