"""What the team tells AWS, so that Amazon's notifications come to the queue. Pure.

Source: Amazon's guide to notifications (the account that sends them), and AWS's on access policies
of queues and on partner event sources.
"""

from __future__ import annotations

import json

from bot.core.queue_address import QueueAddress
from bot.core.subscriptions import Destination

SENDER = "437568002678"
"""Amazon's own account of AWS, from which notifications are sent."""
RULE = "brandwarden"


def policy_for(queue: QueueAddress) -> str:
    """Return the queue's access policy: Amazon and rules of the same account may send to it."""
    rules = f"{queue.arn.rpartition(':sqs:')[0]}:events:{queue.region}:{queue.account}:rule/*"
    statements = [
        {
            "Sid": "AmazonNotifications",
            "Effect": "Allow",
            "Principal": {"AWS": SENDER},
            "Action": ["sqs:SendMessage", "sqs:GetQueueAttributes"],
            "Resource": queue.arn,
        },
        {
            "Sid": "EventBridge",
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": queue.arn,
            "Condition": {"ArnLike": {"aws:SourceArn": rules}},
        },
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=2)


def bridge_commands(bridge: Destination, queue: QueueAddress) -> tuple[str, ...]:
    """Return what leads the events of a destination into the queue, as commands of AWS's tool."""
    source, region = bridge.source, f"--region {queue.region}"
    pattern = json.dumps({"account": [queue.account]})
    return (
        f"aws events create-event-bus --name {source} --event-source-name {source} {region}",
        f"aws events put-rule --name {RULE} --event-bus-name {source} "
        f"--event-pattern '{pattern}' {region}",
        f"aws events put-targets --rule {RULE} --event-bus-name {source} "
        f"--targets Id=queue,Arn={queue.arn} {region}",
    )
