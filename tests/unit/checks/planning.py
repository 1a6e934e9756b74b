"""A planner's state and quotas, as tests write them."""

from __future__ import annotations

from bot.core.marketplaces import Marketplace
from bot.core.questions import OFFERS, Bucket, Operation
from checks.agenda import Group, PollingAgenda, Urgency
from checks.planner import AHEAD


def group(code: str, *, own: bool = False) -> Group:
    return Group(Marketplace.named(code).region, code, own)


def put(
    agenda: PollingAgenda,
    code: str,
    count: int,
    due_at: float,
    urgency: Urgency = Urgency.REGULAR,
    *,
    own: bool = False,
    step: float = 0.0,
) -> list[str]:
    """Let so many products wait, each due ``step`` seconds after the one before."""
    name = f"{code}{'-own' if own else ''}-{urgency.name}"
    keys = [f"{name}-{number:05}" for number in range(count)]
    for place, key in enumerate(keys):
        agenda.put(key, group(code, own=own), urgency, due_at + place * step)
    return keys


def buckets(region: str = "eu", *spent: Operation, ready: int = 1) -> list[Bucket]:
    """Return the quotas of a region: so many requests each, and none of those that are spent."""
    return [
        Bucket(
            operation=operation,
            region=region,
            tokens=-100.0 if operation in spent else ready - AHEAD * operation.rate,
            interval=1 / operation.rate,
        )
        for operation in OFFERS
    ]
