"""The notifications of the world: what its events cause to be sent, and how that goes wrong.

What Amazon's notifications are like: some are lost, some come twice or minutes late, some are
written in another casing, and they come in no order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

import msgspec

from adapters.simulator.scenario import Content, Event, Title, asin_of

OFFERS, CONTENT = "ANY_OFFER_CHANGED", "BRANDED_ITEM_CONTENT_CHANGE"


@dataclass(frozen=True)
class Weather:
    """The shares of notifications that are lost, doubled, `delay` seconds late, or cased anew."""

    lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0
    cased: float = 0.0
    delay: float = 600.0
    usual: float = 2.0
    """Seconds after which one comes if all is well."""


FAIR = Weather()
ROUGH = Weather(lost=0.2, doubled=0.05, late=0.1, cased=0.01)
"""As bad as has been seen at Amazon, and somewhat worse (facts: issues 4416, 2869 and 4516)."""


@dataclass(frozen=True)
class Sent:
    """A notification, and the second of scenario time at which it is in the queue."""

    at: float
    text: str


class Notifier:
    """Turns events into notifications; `chance` decides what goes wrong with each."""

    def __init__(self, chance: Random, weather: Weather = FAIR) -> None:
        self._chance = chance
        self._weather = weather
        self._number = 0

    def of(self, event: Event, marketplace: str, happened: datetime) -> Iterator[Sent]:
        """What comes of an event of the scenario; otherwise as `send`."""
        return self.send(_kind(event), asin_of(event), marketplace, event.at, happened)

    def send(
        self, kind: str, asin: str, marketplace: str, at: float, happened: datetime
    ) -> Iterator[Sent]:
        """What comes of one change, at the second `at`, which the wall clock calls `happened`.

        `marketplace` is Amazon's ID of it.
        """
        self._number += 1
        weather, chance = self._weather, self._chance
        if chance.random() < weather.lost:
            return
        body = _body(kind, asin, marketplace, happened, f"simulated-{self._number}")
        if chance.random() < weather.cased:
            body = _recased(body)
        if kind == CONTENT:
            body = _enveloped(body, kind)
        text = msgspec.json.encode(body).decode()
        copies = 2 if chance.random() < weather.doubled else 1
        for _ in range(copies):
            late = weather.delay if chance.random() < weather.late else 0.0
            yield Sent(at + late + weather.usual * (0.5 + chance.random()), text)


def _kind(event: Event) -> str:
    return CONTENT if isinstance(event, Title | Content) else OFFERS


def _body(kind: str, asin: str, marketplace: str, happened: datetime, id: str) -> dict[str, Any]:
    moment = happened.isoformat()
    payload: dict[str, Any]
    if kind == CONTENT:
        payload = {"MarketplaceId": marketplace, "Asin": asin, "AttributesChanged": ["item_name"]}
    else:
        trigger = {
            "MarketplaceId": marketplace,
            "ASIN": asin,
            "ItemCondition": "New",
            "TimeOfOfferChange": moment,
        }
        payload = {"AnyOfferChangedNotification": {"OfferChangeTrigger": trigger}}
    return {
        "NotificationVersion": "1.0",
        "NotificationType": kind,
        "PayloadVersion": "1.0",
        "EventTime": moment,
        "NotificationMetadata": {"PublishTime": moment, "NotificationId": id},
        "Payload": payload,
    }


def _enveloped(body: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"version": "0", "detail-type": kind, "source": "aws.partner/simulated", "detail": body}


def _recased(value: Any) -> Any:
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: _recased(each) for name, each in value.items()}
    return value
