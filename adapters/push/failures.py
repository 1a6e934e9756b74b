"""Why a queue cannot be read, in words for people."""

from __future__ import annotations

from urllib.parse import urlsplit

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
)
from botocore.exceptions import ConnectionError as Unconnected

from bot.core.network import unreached
from bot.core.queue_address import QueueAddress
from bot.core.text import one_line
from bot.errors import LoginError, SourceError, Unavailable

LONGEST = 80

NO_KEY = (
    "No AWS access key was found. Set BRANDWARDEN_PUSH_ACCESS_KEY_ID and "
    "BRANDWARDEN_PUSH_SECRET_ACCESS_KEY, or give this machine a role."
)
WRONG_KEY = (
    "AWS rejected the access key. Check BRANDWARDEN_PUSH_ACCESS_KEY_ID and "
    "BRANDWARDEN_PUSH_SECRET_ACCESS_KEY, and this machine's clock."
)
NOT_ALLOWED = (
    "AWS does not let this access key read the queue. Allow it sqs:ReceiveMessage and "
    "sqs:DeleteMessage."
)
ODD = "Amazon SQS answered, and the answer could not be read."
ANOTHER = "Amazon SQS was asked, and something else answered. Check this machine's proxy."
NO_QUEUE = "There is no such queue. Check BRANDWARDEN_PUSH_QUEUE_URL."

BY_CODE: dict[str, tuple[type[SourceError], str]] = {
    **dict.fromkeys(
        ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"), (SourceError, NO_QUEUE)
    ),
    **dict.fromkeys(
        ("AccessDenied", "AccessDeniedException", "KMS.AccessDeniedException"),
        (LoginError, NOT_ALLOWED),
    ),
    **dict.fromkeys(
        (
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "IncompleteSignature",
            "ExpiredToken",
            "ExpiredTokenException",
        ),
        (LoginError, WRONG_KEY),
    ),
}
"""By AWS's error code."""


def unread(error: ClientError | BotoCoreError, address: QueueAddress) -> SourceError:
    """Return the error that says why the queue cannot be read; it holds no part of a key."""
    if isinstance(error, ClientError):
        code = str(error.response.get("Error", {}).get("Code", ""))
        kind, says = BY_CODE.get(code, (Unavailable, ""))
        return kind(says or f"Amazon SQS answered with an error ({one_line(code, LONGEST)}).")
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return LoginError(NO_KEY)
    if isinstance(error, HTTPClientError | Unconnected):
        return Unavailable(unreached("Amazon SQS", error, urlsplit(address.url).netloc))
    return Unavailable(f"Amazon SQS could not be asked ({type(error).__name__}).")
