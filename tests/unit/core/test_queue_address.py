"""Addresses of queues: only AWS and this machine may be asked with the access key."""

from __future__ import annotations

import pytest

from bot.core.queue_address import LOCAL_REGION, QueueAddress
from tests.cases import for_each

URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/brandwarden"


def test_the_address_tells_region_account_and_name() -> None:
    found = QueueAddress.of(URL)
    assert (found.region, found.account, found.name) == (
        "eu-central-1",
        "123456789012",
        "brandwarden",
    )
    assert found.arn == "arn:aws:sqs:eu-central-1:123456789012:brandwarden"
    assert found.endpoint == ""


def test_a_queue_in_china_has_its_own_part_of_aws() -> None:
    found = QueueAddress.of("https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q")
    assert found.arn == "arn:aws-cn:sqs:cn-north-1:123456789012:q"


def test_a_queue_on_this_machine_is_asked_there() -> None:
    found = QueueAddress.of("http://127.0.0.1:5000/123456789012/q")
    assert (found.endpoint, found.region) == ("http://127.0.0.1:5000", LOCAL_REGION)
    assert QueueAddress.of(found.url, "eu-west-1").region == "eu-west-1"


@for_each(
    "address",
    [
        "brandwarden",
        "http://sqs.us-east-1.amazonaws.com/123456789012/q",
        "https://sqs.us-east-1.amazonaws.com.evil.example/123456789012/q",
        "https://evil.example/123456789012/q",
        "https://user:secret@sqs.us-east-1.amazonaws.com/123456789012/q",
        "https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo",
        "https://sqs.us-east-1.amazonaws.com/12345/q",
        "https://sqs.us-east-1.amazonaws.com/123456789012/q?x=secret",
        "https://[bad/123456789012/q",
        "arn:aws:sqs:us-east-1:123456789012:q",
    ],
)
def test_other_addresses_are_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(ValueError, match="must be a standard queue") as caught:
        QueueAddress.of(address)
    assert "secret" not in str(caught.value)
