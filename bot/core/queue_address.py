"""Where a queue of Amazon SQS is, read from its address. Pure.

Source: Amazon SQS's developer guide, 'queue and message identifiers'.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import msgspec

from bot.core.addresses import LOCAL_HOSTS

_HOST = re.compile(r"sqs\.([a-z]{2}(?:-[a-z]+)+-[0-9])\.amazonaws\.com(?:\.cn)?", re.ASCII)
_PATH = re.compile(r"/([0-9]{12})/([0-9A-Za-z_-]{1,80})", re.ASCII)
LOCAL_REGION = "us-east-1"
"""Of a queue on this machine that names none."""


class QueueAddress(msgspec.Struct, frozen=True):
    """A standard queue; one of first-in, first-out takes no notifications from Amazon."""

    url: str
    region: str
    account: str
    """The AWS account's number."""
    name: str

    @property
    def arn(self) -> str:
        """The queue's name among all of AWS."""
        part = "aws-cn" if self.region.startswith("cn-") else "aws"
        return f"arn:{part}:sqs:{self.region}:{self.account}:{self.name}"

    @property
    def endpoint(self) -> str:
        """The address that is asked, where that is not AWS; else empty."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}" if parts.scheme == "http" else ""

    @staticmethod
    def of(url: str, region: str = "") -> QueueAddress:
        """Read the address; ``region`` is that of a queue on this machine.

        Raises:
            ValueError: it is no queue's; the address is not repeated.
        """
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            raise ValueError(WRONG) from None
        found, path = _HOST.fullmatch(host), _PATH.fullmatch(parts.path)
        local = parts.scheme == "http" and host in LOCAL_HOSTS
        sound = (local or (parts.scheme == "https" and found)) and path
        if not sound or "@" in parts.netloc or parts.query or parts.fragment:
            raise ValueError(WRONG)
        there = found[1] if found else region or LOCAL_REGION
        return QueueAddress(url, there, path[1] if path else "", path[2] if path else "")


WRONG = (
    "it must be a standard queue's URL, "
    "like https://sqs.us-east-1.amazonaws.com/123456789012/brandwarden"
)
